import type { LabelTable } from './profile.ts';

/** What a format without labels has: the empty set alone. */
export const NO_LABELS: LabelTable = {
  length: 1,
  start: new Uint32Array(2),
  key: new Uint32Array(0),
  text: new Int32Array(0),
  number: new Float64Array(0),
  unit: new Uint32Array(0),
};
