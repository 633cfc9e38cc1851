import type { LeakWay } from '../query/heap-query.ts';

interface Weight {
  /** What a way of piling up is worth at most. */
  readonly most: number;
  /** The share of the heap at which it is worth two thirds of that. */
  readonly tellingShare: number;
}

/** Seldom meant: thousands of listeners, timers or waiting promises at one place, or objects that each hold the next. */
const TELLING: Weight = { most: 1, tellingShare: 0.12 };
/** May well be meant to be there: a table, a cache. MAT reports from a tenth on, whatever it is. */
const DATA: Weight = { most: 0.85, tellingShare: 0.22 };
/** Often meant: the pages of a database, a picture, the memory of a WebAssembly module. */
const BYTES: Weight = { most: 0.5, tellingShare: 0.25 };

const WEIGHTS: Readonly<Record<LeakWay, Weight>> = {
  listeners: TELLING,
  timers: TELLING,
  promises: TELLING,
  closure: DATA,
  chain: TELLING,
  string: DATA,
  array: DATA,
  'object fields': DATA,
  map: DATA,
  set: DATA,
  buffer: BYTES,
};

/** From so many on a count says no more. */
const TELLING_COUNT = 3000;
/**
 * What a round number takes away: whoever sets a limit sets it to 5,000 or 4,096, and a full cache has just as many. The more of the
 * heap it takes the less that excuses.
 */
const ROUND = 0.4;

export interface Weighed {
  readonly way: LeakWay;
  readonly count: number;
  readonly share: number;
}

/** From 0 to 1: by its share of the heap first, then by how many there are, in what way. */
export function scoreOf({ way, count, share }: Weighed): number {
  const { most, tellingShare } = WEIGHTS[way];
  const byShare = 1 - Math.exp(-share / tellingShare);
  const byCount = count === 1 ? 1 : Math.min(1, Math.log(count) / Math.log(TELLING_COUNT));
  return byShare * (0.5 + 0.5 * byCount) * most * (isRound(count) ? 1 - ROUND * (1 - share) : 1);
}

/** A limit as people set them: at most two digits and zeros, three at least, or a power of two. */
export function isRound(count: number): boolean {
  if (count < 100) return false;
  return Number.isInteger(Math.log2(count)) || /^[1-9]\d?0{2,}$/.test(String(count));
}
