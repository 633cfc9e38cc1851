/** What the converter thread is given. */
export interface ConversionTask {
  path: string;
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
