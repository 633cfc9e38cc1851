/** A millisecond or so each. */
const BLOCK_ROWS = 1 << 16;

/**
 * Calls a pass for all rows from the first on, so many at a time. V8 gives a function its best code for its next call. One that loops
 * over a million rows at once has none then, and is compiled in the middle of its loop, each time anew; one that is called for a few
 * of them at a time has it after a few calls.
 */
export function inBlocks(length: number, pass: (first: number, end: number) => void): void {
  for (let first = 0; first < length; first += BLOCK_ROWS) pass(first, Math.min(first + BLOCK_ROWS, length));
}

/** The same from the last block to the first. */
export function inBlocksFromEnd(length: number, pass: (first: number, end: number) => void): void {
  for (let end = length; end > 0; end -= BLOCK_ROWS) pass(Math.max(0, end - BLOCK_ROWS), end);
}
