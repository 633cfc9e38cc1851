import type { Packing } from './unpack.ts';

/** Bytes travel to the writer thread in blocks, large enough that the journey costs nothing. */
export const BLOCK_BYTES = 1024 * 1024;

/** A stretch of a block: bytes of the artifact as they are, or packed. */
export interface Piece {
  length: number;
  packing: Packing | undefined;
}

/** What the receiving thread asks of the writer thread. `file` names an open file among all of them. */
export type WriterRequest =
  /** `continues`: keep what the file holds and hash it again. Otherwise the file begins anew. */
  | { kind: 'open'; file: number; path: string; continues: boolean }
  /** The buffer moves to the writer and comes back with `written`. */
  | { kind: 'block'; file: number; buffer: ArrayBuffer; pieces: readonly Piece[] }
  /** Makes the file durable under its final name, if it is what was promised. */
  | { kind: 'commit'; file: number; finalPath: string; sizeBytes: number; sha256: string }
  /** Closes the file and keeps what was written. */
  | { kind: 'suspend'; file: number }
  | { kind: 'discard'; file: number };

export type WriterReply =
  | { kind: 'opened'; file: number; sizeBytes: number }
  | { kind: 'written'; file: number; buffer: ArrayBuffer }
  | { kind: 'committed'; file: number }
  | { kind: 'mismatch'; file: number; sizeBytes: number; sha256: string }
  | { kind: 'suspended'; file: number }
  | { kind: 'discarded'; file: number }
  /** The file is closed; every later request for it is ignored. */
  | { kind: 'failed'; file: number; code: string; message: string };
