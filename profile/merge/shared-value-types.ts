import { ProfileMismatchError } from '../errors.ts';
import type { Profile, ValueType } from '../model/profile.ts';

/** The value types that all of the profiles have, by name and unit, in the order of the first. @throws ProfileMismatchError when there is none */
export function sharedValueTypes(profiles: readonly Profile[]): readonly ValueType[] {
  const [first, ...others] = profiles;
  const shared = (first?.valueTypes ?? []).filter((type) =>
    others.every((other) => findValueType(other, type) !== undefined),
  );
  if (shared.length === 0) throw new ProfileMismatchError(profiles.map(({ valueTypes }) => valueTypes));
  return shared;
}

/** Its index in the profile. */
export function findValueType({ valueTypes }: Profile, wanted: ValueType): number | undefined {
  const found = valueTypes.findIndex(({ type, unit }) => type === wanted.type && unit === wanted.unit);
  return found < 0 ? undefined : found;
}
