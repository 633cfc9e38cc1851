import type { Profile } from './model/profile.ts';

/** Reads one file: `push` all its chunks, cut anywhere, then `end`. Both throw a `ProfileError`; a reader is used once. */
export interface ProfileReader {
  push(chunk: Uint8Array): void;
  end(): Profile;
}
