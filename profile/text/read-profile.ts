import type { ProfileSet } from '../model/profile-set.ts';
import type { ProfileReader } from '../profile-reader.ts';

/** For tests: reads a whole file, cut into pieces of these sizes and a last one of the rest. */
export function readWith(
  reader: ProfileReader,
  file: Uint8Array | string,
  cuts: readonly number[] = [],
): ProfileSet {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  let at = 0;
  for (const cut of cuts) {
    reader.push(bytes.slice(at, at + cut));
    at += cut;
  }
  reader.push(bytes.slice(at));
  return reader.end();
}
