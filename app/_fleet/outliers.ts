/**
 * Who stands out among its like. Robust against the very outlier it looks for: distance from the median in units of
 * the median absolute deviation (Iglewicz and Hoaglin, 1993: modified z-score above 3.5), and, since instances that
 * idle have a deviation near zero, at least `LEAST_RATIO` times the median.
 */
const THRESHOLD = 3.5;
const LEAST_RATIO = 2;
/** Below this many there is no "like" to stand out from. */
const LEAST_COMPANY = 3;
/** 0.6745 is the 0.75 quantile of the normal distribution: it makes the deviation comparable to a standard one. */
const NORMAL_QUANTILE = 0.6745;

export interface Outlier {
  /** Value divided by the median of all. */
  ratio: number;
}

/**
 * @param floor values below it never stand out: twice of nothing is nothing
 * @returns by the index of the value; null values are nobody's company
 */
export function findOutliers(
  values: readonly (number | null | undefined)[],
  floor: number,
): Map<number, Outlier> {
  const outliers = new Map<number, Outlier>();
  const known = values.filter((value): value is number => value !== null && value !== undefined);
  if (known.length < LEAST_COMPANY) return outliers;
  const middle = median(known);
  const deviation = median(known.map((value) => Math.abs(value - middle)));
  values.forEach((value, index) => {
    if (value === null || value === undefined || value < floor || value <= middle * LEAST_RATIO) return;
    const score =
      deviation === 0 ? Number.POSITIVE_INFINITY : (NORMAL_QUANTILE * (value - middle)) / deviation;
    if (score > THRESHOLD) outliers.set(index, { ratio: value / Math.max(middle, Number.MIN_VALUE) });
  });
  return outliers;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
