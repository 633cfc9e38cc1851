import type { Outlier } from '#profile/index.ts';
import { CLEARLY, type RankedPart } from '../_viewer/loading/rank-parts.ts';

/** How unlike the others one is, in the words that there are for it. */
export type Oddness = 'alike' | 'slightly' | 'clearly' | 'wholly';

/** From which part on, beyond what chance explains: a part of what it does that the others do not do. */
const FROM = [
  ['wholly', 0.5],
  ['clearly', CLEARLY],
  ['slightly', 0.03],
] as const;

export function oddnessOf({ distance, chance }: Pick<Outlier, 'distance' | 'chance'>): Oddness {
  return FROM.find(([, least]) => distance - chance >= least)?.[0] ?? 'alike';
}

/** Of fewer none can be the odd one: of two each is as unlike the other. */
const FEWEST = 3;

/** The one that stands out; undefined where none clearly does. */
export function findOddOne(ranking: readonly RankedPart[]): RankedPart | undefined {
  const [first] = ranking;
  if (first === undefined || !canTellOddOne(ranking)) return undefined;
  const oddness = oddnessOf(first.outlier);
  return oddness === 'clearly' || oddness === 'wholly' ? first : undefined;
}

export const canTellOddOne = (ranking: readonly RankedPart[]): boolean => ranking.length >= FEWEST;
