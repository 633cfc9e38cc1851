import { type IndexIntoValueTypes, NOT_A_TEXT, type Profile } from '../model/profile.ts';

/**
 * The largest number that samples bear under a key, such as the longest of the waits that a sample sums up: of those that have a
 * part of the value type and, where `labelSets` is given, are chosen by it. Undefined where none bears one.
 */
export function findLargestNumber(
  profile: Profile,
  key: string,
  valueType: IndexIntoValueTypes,
  labelSets: Uint8Array | undefined,
): number | undefined {
  const { samples } = profile;
  const ofSet = largestOfSets(profile, key);
  // Samples can be many millions, and those of most profiles bear no such number.
  if (ofSet.every(Number.isNaN)) return undefined;
  const values = samples.values[valueType];
  let largest: number | undefined;
  for (let index = 0; index < samples.length; index++) {
    const set = samples.labelSet?.[index] ?? 0;
    const number = ofSet[set] as number;
    if (Number.isNaN(number) || labelSets?.[set] === 0 || values?.[index] === 0) continue;
    if (largest === undefined || number > largest) largest = number;
  }
  return largest;
}

/** NaN for a set without one. */
function largestOfSets({ labels, strings }: Profile, key: string): Float64Array {
  const largest = new Float64Array(labels.length).fill(Number.NaN);
  for (let set = 0; set < labels.length; set++) {
    for (let at = labels.start[set] as number; at < (labels.start[set + 1] as number); at++) {
      if (labels.text[at] !== NOT_A_TEXT || strings[labels.key[at] as number] !== key) continue;
      const number = labels.number[at] as number;
      if (!(number <= (largest[set] as number))) largest[set] = number;
    }
  }
  return largest;
}
