import type { ValueColumn } from './profile.ts';

/** Integers as small as they come; larger where a file counts beyond 32 bits. */
export type Counts = Uint32Array | Float64Array;

/**
 * Adds the value of every sample to the row that it belongs to; without values each counts one. `kept`: 1 for each sample
 * that counts, undefined when all do. The loops are apart because they run once per sample, of which there are millions.
 */
export function addUp(
  rowOfSample: Uint32Array,
  values: ValueColumn | undefined,
  kept: Uint8Array | undefined,
  into: Counts,
): void {
  if (kept !== undefined) addKept(rowOfSample, values, kept, into);
  else if (values !== undefined) addEach(rowOfSample, values, into);
  else countEach(rowOfSample, into);
}

/** The sum of the values of each row and how many there are, in one pass. */
export function addUpAndCount(
  rowOfSample: Uint32Array,
  values: ValueColumn,
  sums: Float64Array,
  counts: Uint32Array,
): void {
  for (let index = 0; index < rowOfSample.length; index++) {
    const at = rowOfSample[index] as number;
    sums[at] = (sums[at] as number) + (values[index] as number);
    counts[at] = (counts[at] as number) + 1;
  }
}

function addEach(rowOfSample: Uint32Array, values: ValueColumn, into: Counts): void {
  for (let index = 0; index < rowOfSample.length; index++) {
    const at = rowOfSample[index] as number;
    into[at] = (into[at] as number) + (values[index] as number);
  }
}

function countEach(rowOfSample: Uint32Array, into: Counts): void {
  for (let index = 0; index < rowOfSample.length; index++) {
    const at = rowOfSample[index] as number;
    into[at] = (into[at] as number) + 1;
  }
}

function addKept(
  rowOfSample: Uint32Array,
  values: ValueColumn | undefined,
  kept: Uint8Array,
  into: Counts,
): void {
  for (let index = 0; index < rowOfSample.length; index++) {
    if (kept[index] === 0) continue;
    const at = rowOfSample[index] as number;
    into[at] = (into[at] as number) + (values === undefined ? 1 : (values[index] as number));
  }
}
