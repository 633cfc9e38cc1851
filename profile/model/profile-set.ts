import { FRAME_KIND, type Profile } from './profile.ts';

/** One of the profiles of a file: a thread, or what else the file calls a profile. */
export interface NamedProfile {
  /** Unlike every other name of the set; empty where the file holds one profile and gives it no name. */
  readonly name: string;
  readonly profile: Profile;
}

/** All profiles of a file, in its order; at least one. */
export interface ProfileSet {
  readonly profiles: readonly NamedProfile[];
  /** The index of the one to show first: that in which most happened. */
  readonly first: number;
}

/** The set of a format that holds one profile. */
export function onlyProfile(profile: Profile): ProfileSet {
  return { profiles: [{ name: '', profile }], first: 0 };
}

/** The profile of this name; the one to show first where none has it. */
export function chooseProfile({ profiles, first }: ProfileSet, name?: string): NamedProfile {
  const chosen = profiles.find((profile) => profile.name === name) ?? profiles[first];
  if (chosen === undefined) throw new RangeError('a set of profiles is never empty');
  return chosen;
}

/** Makes a set of at least one profile; of profiles with one name the later ones are numbered. */
export function toProfileSet(profiles: readonly NamedProfile[]): ProfileSet {
  const taken = new Set<string>();
  const named = profiles.map(({ name, profile }) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`;
    taken.add(unique);
    return { name: unique, profile };
  });
  return { profiles: named, first: findBusiest(named) };
}

/** By the time or whatever else was not idle; by samples where no two measure the same. */
function findBusiest(profiles: readonly NamedProfile[]): number {
  const units = new Set(profiles.map(({ profile }) => profile.valueTypes[profile.defaultValueType]?.unit));
  const amounts = profiles.map(({ profile }) => (units.size > 1 ? profile.samples.length : sumBusy(profile)));
  return amounts.reduce((busiest, amount, index) => (amount > (amounts[busiest] ?? 0) ? index : busiest), 0);
}

function sumBusy({ samples, nodes, functions, defaultValueType }: Profile): number {
  const values = samples.values[defaultValueType];
  let sum = 0;
  for (let index = 0; index < samples.length; index++) {
    const func = nodes.func[samples.node[index] as number] as number;
    if (functions.kind[func] !== FRAME_KIND.idle) sum += values === undefined ? 1 : (values[index] as number);
  }
  return sum;
}
