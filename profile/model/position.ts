/** V8 counts lines and columns from 0 and writes -1 for none; the model counts from 1 and has 0 for none. */
export function toPosition(value: number): number {
  return value >= 0 && value < 0xffffffff ? Math.floor(value) + 1 : 0;
}
