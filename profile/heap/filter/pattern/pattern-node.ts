/** Code units from the first to the last, both included. */
export type Range = readonly [first: number, last: number];

/** A regular expression, taken apart. */
export type PatternNode =
  | { readonly kind: 'unit'; readonly ranges: readonly Range[] }
  | { readonly kind: 'begin' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number };

export const LAST_UNIT = 0xffff;

/** All that is in none of them, in ascending order. */
export function invert(ranges: readonly Range[]): Range[] {
  const outside: Range[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (first > next) outside.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST_UNIT) outside.push([next, LAST_UNIT]);
  return outside;
}
