import type { IndexIntoValueTypes, ValueType } from '../model/profile.ts';

/**
 * The value type that counts what another one measures: `samples` for `cpu`, `inuse_objects` for `inuse_space`,
 * `contentions` for `delay`. Profiles put the two beside each other, the count first. A count counts itself; undefined where
 * nothing is counted.
 */
export function findCountOf(
  types: readonly ValueType[],
  of: IndexIntoValueTypes,
): IndexIntoValueTypes | undefined {
  for (let index = of; index >= 0; index--) if (types[index]?.unit === 'count') return index;
  const after = types.findIndex(({ unit }) => unit === 'count');
  return after < 0 ? undefined : after;
}
