/** Numbers below `below`, the same for the same seed: xorshift32 (https://www.jstatsoft.org/article/view/v008i14). */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
