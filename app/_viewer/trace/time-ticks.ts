/** Where the marks of an axis stand, in microseconds from its begin: some round distance apart, so many at most. */
export function timeTicks(fromMicros: number, toMicros: number, most: number): number[] {
  const least = (toMicros - fromMicros) / Math.max(1, most);
  if (!(least > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5, 10].find((factor) => power * factor >= least) ?? 10);
  const ticks: number[] = [];
  for (let index = Math.ceil(fromMicros / step); index * step <= toMicros; index++) ticks.push(index * step);
  return ticks;
}
