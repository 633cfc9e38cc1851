import { inRanges, type Steps } from '../analysis/steps.ts';

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const HALF = 2 ** 32;

/** Rows with the number that each is sorted by, in two halves: the upper one is left out where every number fits the lower. */
interface Keyed {
  rows: Uint32Array;
  low: Uint32Array;
  high: Uint32Array | undefined;
}

/**
 * Rows by a number, least first or greatest first; equal ones stay as they stand. A radix sort: a few walks over the rows, in steps,
 * whose numbers go along with them so that each is looked up once.
 *
 * @param keyOf a whole number from 0 to 2^53
 */
export function* sortByNumber(
  rows: Uint32Array,
  keyOf: (row: number) => number,
  descending: boolean,
): Steps<Uint32Array> {
  const { length } = rows;
  let greatest = 0;
  yield* inRanges(length, (from, to) => {
    for (let at = from; at < to; at++) greatest = Math.max(greatest, keyOf(rows[at] as number));
  });
  const isLong = greatest >= HALF;
  let from = newKeyed(length, isLong);
  let to = newKeyed(length, isLong);
  yield* inRanges(length, (begin, end) => {
    for (let at = begin; at < end; at++) {
      const row = rows[at] as number;
      const key = descending ? greatest - keyOf(row) : keyOf(row);
      from.rows[at] = row;
      from.low[at] = key;
      if (from.high !== undefined) from.high[at] = key / HALF;
    }
  });
  for (let bits = Math.log2(greatest + 1), shift = 0; shift < bits; shift += DIGIT_BITS) {
    const digit = digitOf(from, shift);
    const next = new Uint32Array(DIGITS);
    yield* inRanges(length, (begin, end) => countDigits(digit, begin, end, next));
    toStarts(next);
    const [source, target] = [from, to];
    yield* inRanges(length, (begin, end) => spread(source, target, digit, begin, end, next));
    [from, to] = [to, from];
  }
  return from.rows;
}

function newKeyed(length: number, isLong: boolean): Keyed {
  return {
    rows: new Uint32Array(length),
    low: new Uint32Array(length),
    high: isLong ? new Uint32Array(length) : undefined,
  };
}

type Digit = (at: number) => number;

/** Eleven bits of a number, which may stand in both halves. */
function digitOf({ low, high }: Keyed, shift: number): Digit {
  if (high === undefined || shift + DIGIT_BITS <= 32)
    return (at) => ((low[at] as number) >>> shift) & (DIGITS - 1);
  if (shift >= 32) return (at) => ((high[at] as number) >>> (shift - 32)) & (DIGITS - 1);
  return (at) => (((low[at] as number) >>> shift) | ((high[at] as number) << (32 - shift))) & (DIGITS - 1);
}

function countDigits(digit: Digit, from: number, to: number, counts: Uint32Array): void {
  for (let at = from; at < to; at++) {
    const value = digit(at);
    counts[value] = (counts[value] as number) + 1;
  }
}

function toStarts(counts: Uint32Array): void {
  let sum = 0;
  for (let value = 0; value < counts.length; value++) {
    const count = counts[value] as number;
    counts[value] = sum;
    sum += count;
  }
}

function spread(
  source: Keyed,
  target: Keyed,
  digit: Digit,
  from: number,
  to: number,
  next: Uint32Array,
): void {
  for (let at = from; at < to; at++) {
    const value = digit(at);
    const place = next[value] as number;
    next[value] = place + 1;
    target.rows[place] = source.rows[at] as number;
    target.low[place] = source.low[at] as number;
    if (target.high !== undefined && source.high !== undefined)
      target.high[place] = source.high[at] as number;
  }
}
