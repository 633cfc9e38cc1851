import type { Outlier } from '#profile/index.ts';

/** How unlike the others one is, in the words that there are for it. */
export type Oddness = 'alike' | 'slightly' | 'clearly' | 'wholly';

/** From which part on, beyond what chance explains: a part of what it does that the others do not do. */
const FROM = [
  ['wholly', 0.5],
  ['clearly', 0.1],
  ['slightly', 0.03],
] as const;

export function oddnessOf({ distance, chance }: Pick<Outlier, 'distance' | 'chance'>): Oddness {
  return FROM.find(([, least]) => distance - chance >= least)?.[0] ?? 'alike';
}

/** Of fewer none can be the odd one: of two each is as unlike the other. */
const FEWEST = 3;

/** The one that stands out; undefined where none clearly does. */
export function findOddOne(ranked: readonly Outlier[]): Outlier | undefined {
  const [first] = ranked;
  if (first === undefined || ranked.length < FEWEST) return undefined;
  const oddness = oddnessOf(first);
  return oddness === 'clearly' || oddness === 'wholly' ? first : undefined;
}

export const canTellOddOne = (ranked: readonly Outlier[]): boolean => ranked.length >= FEWEST;
