import type { CallTree } from '../call-tree/call-tree.ts';
import { ProfileLimitError } from '../errors.ts';

/** Formats that repeat every stack in full would make an endless file of deep stacks with many leaves. */
const MAX_FRAMES = 256_000_000;

/** @throws ProfileLimitError */
export function checkFrames({ length, depth, self }: CallTree): void {
  let frames = 0;
  for (let row = 0; row < length; row++) if (self[row] !== 0) frames += depth[row] as number;
  if (frames > MAX_FRAMES)
    throw new ProfileLimitError('frames in all its stacks for such a file', MAX_FRAMES);
}

/** Writes the functions from the root's callee to the row's own into `into`. @returns how many they are */
export function writeStack({ parent, func, depth }: CallTree, row: number, into: Uint32Array): number {
  const length = depth[row] as number;
  let at = row;
  for (let index = length - 1; index >= 0; index--) {
    into[index] = func[at] as number;
    at = parent[at] as number;
  }
  return length;
}
