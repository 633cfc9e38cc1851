import { SHADES_OF_DIFFERENCE, type ShadeIndex, shadeIndexOf } from './palette.ts';

/**
 * From which change on, as a share of the whole, a shade of its own is worth it. Each is four times the one before:
 * differences of a percent matter as much as those of half of everything.
 */
const STEPS = [0.001, 0.004, 0.016, 0.064] as const;
const SAME = (SHADES_OF_DIFFERENCE.length - 1) / 2;

/** @param change less than 0: it became less; a share of the whole, from -1 to 1 */
export function shadeOfDifference(change: number): ShadeIndex {
  const size = Math.abs(change);
  const step = STEPS.filter((least) => size >= least).length;
  return shadeIndexOf(SHADES_OF_DIFFERENCE[change < 0 ? SAME - step : SAME + step] ?? '');
}

/** The shade of every row of a tree, by what each became more or less. */
export function shadesOfDifference(changes: ArrayLike<number>): Uint8Array {
  return Uint8Array.from({ length: changes.length }, (_, row) => shadeOfDifference(changes[row] as number));
}
