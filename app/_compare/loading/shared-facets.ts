import {
  type LabelFacet,
  type LabelShare,
  type Profile,
  toLabelFacets,
  type ValueType,
} from '#profile/index.ts';
import type { Sides } from '../changes.ts';

/**
 * What the samples of both can be chosen by: keys that both have, with the values of either; what they add up to is of both
 * together. By what one side alone has nothing can be compared.
 *
 * @param valueTypes that both have, in the order in which the sums are wanted
 */
export function sharedFacets(sides: Sides<Profile>, valueTypes: readonly ValueType[]): LabelFacet[] {
  const ofBefore = inOrderOf(valueTypes, sides.before);
  return inOrderOf(valueTypes, sides.after).flatMap((facet) => {
    const other = ofBefore.find(({ key }) => key === facet.key);
    if (other === undefined) return [];
    const sums = new Map<string, readonly number[]>();
    for (const { value, totals } of [...facet.values, ...other.values]) {
      const before = sums.get(value);
      sums.set(value, before ? totals.map((total, type) => total + (before[type] ?? 0)) : totals);
    }
    const values = Array.from(sums, ([value, totals]): LabelShare => ({ value, totals }));
    values.sort((a, b) => (b.totals[0] ?? 0) - (a.totals[0] ?? 0));
    return [{ key: facet.key, values, leftOut: Math.max(facet.leftOut, other.leftOut) }];
  });
}

function inOrderOf(valueTypes: readonly ValueType[], profile: Profile): LabelFacet[] {
  const columns = valueTypes.map(({ type, unit }) =>
    profile.valueTypes.findIndex((own) => own.type === type && own.unit === unit),
  );
  return toLabelFacets(profile).map((facet) => ({
    ...facet,
    values: facet.values.map(({ value, totals }) => ({
      value,
      totals: columns.map((column) => totals[column] ?? 0),
    })),
  }));
}
