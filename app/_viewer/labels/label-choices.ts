import type { LabelChoice, LabelFacet } from '#profile/index.ts';

/** Keys that say most of a sample, if it has them. */
const TELLING = ['type', 'lock'];

/** The value of a key that samples are narrowed to; undefined for all of them. */
export function chosenOf(chosen: readonly LabelChoice[], key: string): string | undefined {
  return chosen.find((choice) => choice.key === key)?.value;
}

/** Narrows a key to a value, or lets all its values in again. */
export function withChoice(
  chosen: readonly LabelChoice[],
  key: string,
  value: string | undefined,
): readonly LabelChoice[] {
  const others = chosen.filter((choice) => choice.key !== key);
  return value === undefined ? others : [...others, { key, value }];
}

/** Facets with a choice in what is shown, each with the values that have a part of it, the heaviest first. */
export function offeredFacets(
  facets: readonly LabelFacet[],
  valueType: number,
  chosen: readonly LabelChoice[],
): LabelFacet[] {
  return facets.flatMap((facet) => {
    const own = chosenOf(chosen, facet.key);
    const values = facet.values.filter(({ value, totals }) => (totals[valueType] ?? 0) > 0 || value === own);
    if (values.length < 2 && own === undefined) return [];
    values.sort((a, b) => (b.totals[valueType] ?? 0) - (a.totals[valueType] ?? 0));
    return [{ ...facet, values }];
  });
}

/** The facet of the key asked for, else of the one that says most. */
export function shownFacet(facets: readonly LabelFacet[], key: string | undefined): LabelFacet | undefined {
  const byKey = (wanted: string | undefined) => facets.find((facet) => facet.key === wanted);
  return byKey(key) ?? TELLING.map(byKey).find((facet) => facet !== undefined) ?? facets[0];
}
