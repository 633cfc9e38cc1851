import { NOT_A_TEXT, type Profile } from '../model/profile.ts';

/** One key that samples are labelled by, with the texts that occur. Labels that are numbers are amounts, not choices. */
export interface LabelFacet {
  readonly key: string;
  /** The heaviest first, by the profile's default value type. */
  readonly values: readonly LabelShare[];
  /** Values beyond the limit. */
  readonly leftOut: number;
}

export interface LabelShare {
  readonly value: string;
  /** What the samples with this label add up to, by value type. */
  readonly totals: readonly number[];
}

export interface LabelChoice {
  readonly key: string;
  readonly value: string;
}

/** Keys that a label's every occurrence differs by (ids, times) say nothing as a list. */
const MOST_VALUES = 200;
const MOST_KEYS = 16;

/** What samples can be told apart by, in the order of the keys' first sight. */
export function toLabelFacets(profile: Profile): LabelFacet[] {
  const { labels, valueTypes, defaultValueType } = profile;
  const totals = totalsOfSets(profile);
  const facets = new Map<string, Map<string, number[]>>();
  forEachText(profile, (set, at) => {
    const key = profile.strings[labels.key[at] as number] ?? '';
    const values = getOrAdd(facets, key, () => new Map<string, number[]>());
    const sums = getOrAdd(values, textOf(profile, at), () => valueTypes.map(() => 0));
    totals.forEach((column, type) => {
      sums[type] = (sums[type] ?? 0) + (column[set] as number);
    });
  });
  return [...facets].slice(0, MOST_KEYS).map(([key, values]) => {
    const shares = Array.from(values, ([value, sums]) => ({ value, totals: sums }));
    shares.sort((a, b) => (b.totals[defaultValueType] ?? 0) - (a.totals[defaultValueType] ?? 0));
    return { key, values: shares.slice(0, MOST_VALUES), leftOut: Math.max(0, shares.length - MOST_VALUES) };
  });
}

/** 1 for each set of labels that has all those chosen; undefined when none is chosen. */
export function findLabelSets(profile: Profile, chosen: readonly LabelChoice[]): Uint8Array | undefined {
  if (chosen.length === 0) return undefined;
  const { labels, strings } = profile;
  const found = chosen.map(({ key, value }) => {
    const sets = new Uint8Array(labels.length);
    forEachText(profile, (set, at) => {
      if (strings[labels.key[at] as number] === key && textOf(profile, at) === value) sets[set] = 1;
    });
    return sets;
  });
  return Uint8Array.from({ length: labels.length }, (_, set) =>
    found.every((sets) => sets[set] === 1) ? 1 : 0,
  );
}

function forEachText({ labels }: Profile, visit: (set: number, at: number) => void): void {
  for (let set = 0; set < labels.length; set++) {
    const end = labels.start[set + 1] as number;
    for (let at = labels.start[set] as number; at < end; at++) {
      if (labels.text[at] !== NOT_A_TEXT) visit(set, at);
    }
  }
}

function textOf({ labels, strings }: Profile, at: number): string {
  return strings[labels.text[at] as number] ?? '';
}

/** A column per value type: what the samples with each set of labels add up to. */
function totalsOfSets({ samples, labels }: Profile): Float64Array[] {
  const { labelSet } = samples;
  return samples.values.map((column) => {
    const totals = new Float64Array(labels.length);
    if (labelSet === undefined) return totals;
    for (let index = 0; index < samples.length; index++) {
      const set = labelSet[index] as number;
      totals[set] = (totals[set] as number) + (column === undefined ? 1 : (column[index] as number));
    }
    return totals;
  });
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
