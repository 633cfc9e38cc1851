/** How far apart the marks of an axis are, in microseconds: a round distance, so that there are so many at most. */
export function tickStep(fromMicros: number, toMicros: number, most: number): number | undefined {
  const least = (toMicros - fromMicros) / Math.max(1, most);
  if (!(least > 0)) return undefined;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => power * factor >= least) ?? 10);
}

/** Where the marks stand, in microseconds. */
export function timeTicks(fromMicros: number, toMicros: number, step: number): number[] {
  const ticks: number[] = [];
  for (let index = Math.ceil(fromMicros / step); index * step <= toMicros; index++) ticks.push(index * step);
  return ticks;
}
