/** What the converter thread is given. */
export interface ConversionTask {
  path: string;
  intervalMicros: number;
  /** Milliseconds since 1970. */
  startedAtMs: number;
  program: string;
  comments: string[];
  maxOutputBytes: number;
}

export type ConversionResult =
  | { kind: 'converted'; bytes: Uint8Array<ArrayBuffer> }
  /** The artifact is at fault; a sentence. */
  | { kind: 'unreadable'; why: string };
