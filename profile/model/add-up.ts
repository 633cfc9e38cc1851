import type { ValueColumn } from './profile.ts';

/** Integers as small as they come; larger where a file counts beyond 32 bits. */
export type Counts = Uint32Array | Float64Array;

/** Whether what is added up is added or taken away again; counts of 32 bits may run below zero while they are. */
export type Sign = 1 | -1;

/**
 * Adds the value of every sample to the row that it belongs to; without values each counts one. `kept`: 1 for each sample
 * that counts, undefined when all do. The loops are apart because they run once per sample, of which there are millions.
 */
export function addUp(
  rowOfSample: Uint32Array,
  values: ValueColumn | undefined,
  kept: Uint8Array | undefined,
  into: Counts,
  sign: Sign = 1,
): void {
  if (kept !== undefined) addKept(rowOfSample, values, kept, into, sign);
  else if (values !== undefined) addEach(rowOfSample, values, into, sign);
  else countEach(rowOfSample, into, sign);
}

/** The sum of the values of each row and how many there are, in one pass. */
export function addUpAndCount(
  rowOfSample: Uint32Array,
  values: ValueColumn,
  sums: Float64Array,
  counts: Uint32Array,
  sign: Sign = 1,
): void {
  for (let index = 0; index < rowOfSample.length; index++) {
    const at = rowOfSample[index] as number;
    sums[at] = (sums[at] as number) + sign * (values[index] as number);
    counts[at] = (counts[at] as number) + sign;
  }
}

function addEach(rowOfSample: Uint32Array, values: ValueColumn, into: Counts, sign: Sign): void {
  for (let index = 0; index < rowOfSample.length; index++) {
    const at = rowOfSample[index] as number;
    into[at] = (into[at] as number) + sign * (values[index] as number);
  }
}

function countEach(rowOfSample: Uint32Array, into: Counts, sign: Sign): void {
  for (let index = 0; index < rowOfSample.length; index++) {
    const at = rowOfSample[index] as number;
    into[at] = (into[at] as number) + sign;
  }
}

function addKept(
  rowOfSample: Uint32Array,
  values: ValueColumn | undefined,
  kept: Uint8Array,
  into: Counts,
  sign: Sign,
): void {
  for (let index = 0; index < rowOfSample.length; index++) {
    if (kept[index] === 0) continue;
    const at = rowOfSample[index] as number;
    into[at] = (into[at] as number) + sign * (values === undefined ? 1 : (values[index] as number));
  }
}
