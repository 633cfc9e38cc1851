import type { HeapMemory } from '../memory/heap-memory.ts';

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

/** Nodes by ascending id, those of one id as they stand in the file. Sorted by two digits of 16 bits: linear in the nodes. */
export function orderById(id: Uint32Array, memory: HeapMemory): Uint32Array {
  const order = memory.uint32(id.length);
  const half = memory.uint32(id.length);
  for (let node = 0; node < order.length; node++) order[node] = node;
  sortByDigit(order, half, id, 0);
  sortByDigit(half, order, id, DIGIT_BITS);
  memory.release(half);
  return order;
}

function sortByDigit(from: Uint32Array, to: Uint32Array, id: Uint32Array, shift: number): void {
  const next = new Uint32Array(DIGITS + 1);
  for (let node = 0; node < id.length; node++) {
    const digit = ((id[node] as number) >>> shift) & (DIGITS - 1);
    next[digit + 1] = (next[digit + 1] as number) + 1;
  }
  for (let digit = 0; digit < DIGITS; digit++) {
    next[digit + 1] = (next[digit + 1] as number) + (next[digit] as number);
  }
  for (let place = 0; place < from.length; place++) {
    const node = from[place] as number;
    const digit = ((id[node] as number) >>> shift) & (DIGITS - 1);
    const at = next[digit] as number;
    to[at] = node;
    next[digit] = at + 1;
  }
}
