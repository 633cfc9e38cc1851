/** Numbers in [0, 1). */
export type Random = () => number;

/** A repeatable sequence for a seed: the 32-bit generator "mulberry32" by Tommy Ettinger (public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to but not `limit`. */
export function pickIndex(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}
