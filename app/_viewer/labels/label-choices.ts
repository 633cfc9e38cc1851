import type { LabelChoice } from '#profile/index.ts';

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
