import type { Recording } from './profile.ts';

/** What a file says of how it was made that says nothing. */
export const NO_RECORDING: Recording = {
  startedAtMillis: undefined,
  durationMicros: undefined,
  period: undefined,
  program: undefined,
  comments: [],
};
