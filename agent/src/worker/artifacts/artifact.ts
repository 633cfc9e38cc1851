/** The bytes that a capture produced, in a private file. They do not change any more. */
export interface Artifact {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
}
