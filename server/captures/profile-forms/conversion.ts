import type { ProfileForm } from './profile-forms.ts';

/** What the converter thread is given. */
export interface ConversionTask {
  path: string;
  form: ProfileForm;
  mediaType: string;
  kind: string;
  /** What lies between two samples, in the unit of what is sampled; undefined: the file says it, or nobody knows. */
  period: number | undefined;
  /** Milliseconds since 1970. */
  startedAtMs: number;
  program: string;
  comments: string[];
  maxOutputBytes: number;
}
