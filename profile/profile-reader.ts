import type { ProfileSet } from './model/profile-set.ts';

/** Reads one file: `push` all its chunks, cut anywhere, then `end`. Both throw a `ProfileError`; a reader is used once. */
export interface ProfileReader {
  push(chunk: Uint8Array): void;
  end(): ProfileSet;
}
