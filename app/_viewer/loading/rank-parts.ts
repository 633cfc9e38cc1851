import { type Outlier, type Outliers, type Profile, rankOutliers } from '#profile/index.ts';

/** One of several profiles, and how unlike it is to those that stand below it in the ranking and beside it. */
export interface RankedPart {
  /** Which of the profiles. */
  readonly index: number;
  readonly outlier: Outlier;
  /** What its functions are called by. */
  readonly of: Outliers;
}

/** From which part on, beyond what chance explains, one is clearly unlike the others. */
export const CLEARLY = 0.1;
/** To find one more costs as much as to find the first. */
const MOST_ODD = 4;

/**
 * The oddest first. One that is clearly odd makes all others look odd, too, for it is among those that they are compared
 * with: so the others are ranked again without it.
 */
export function rankParts(profiles: readonly Profile[]): RankedPart[] {
  const ranked: RankedPart[] = [];
  let left = profiles.map((profile, index) => ({ profile, index }));
  for (;;) {
    const of = rankOutliers(left.map(({ profile }) => profile));
    const parts = of.ranked.map((outlier) => ({ index: left[outlier.profile]?.index ?? 0, outlier, of }));
    const [oddest] = parts;
    const isOver = oddest === undefined || parts.length < 3 || ranked.length === MOST_ODD || !isClear(oddest);
    if (isOver) return [...ranked, ...parts];
    ranked.push(oddest);
    left = left.filter(({ index }) => index !== oddest.index);
  }
}

const isClear = ({ outlier: { distance, chance } }: RankedPart) => distance - chance >= CLEARLY;
