import { addUp, addUpAndCount, type Counts, type Sign } from '../model/add-up.ts';
import type { IndexIntoValueTypes, Profile } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import { findCountOf } from './count-type.ts';

/** What the samples of each node add up to. */
export interface SampleSums {
  readonly self: Float64Array;
  readonly count: Counts;
}

/** The samples from `first` to before `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** By what samples are summed up, and which of them. */
export interface Summed {
  readonly valueType: IndexIntoValueTypes;
  /** 1 for each set of labels whose samples count; undefined where all do. */
  readonly labelSets?: Uint8Array | undefined;
}

/** Nothing of any node yet. */
export function noSums(
  { nodes, samples, valueTypes }: Profile,
  valueType: IndexIntoValueTypes,
  scratch = new Scratch(),
): SampleSums {
  const countType = findCountOf(valueTypes, valueType);
  const isEach = countType === undefined || samples.values[countType] === undefined;
  return {
    self: scratch.float64(nodes.length),
    count: isEach ? scratch.uint32(nodes.length) : scratch.float64(nodes.length),
  };
}

/** Adds the samples of a span, or takes them away. */
export function addSamples(
  { samples, valueTypes }: Profile,
  { valueType, labelSets }: Summed,
  { first, end }: Span,
  into: SampleSums,
  sign: Sign = 1,
): void {
  const countType = findCountOf(valueTypes, valueType);
  const node = samples.node.subarray(first, end);
  const values = samples.values[valueType]?.subarray(first, end);
  if (labelSets === undefined && values !== undefined && into.count instanceof Uint32Array) {
    addUpAndCount(node, values, into.self, into.count, sign);
    return;
  }
  const counts = countType === undefined ? undefined : samples.values[countType]?.subarray(first, end);
  const kept = labelSets && keptSamples(node.length, samples.labelSet?.subarray(first, end), labelSets);
  addUp(node, values, kept, into.self, sign);
  addUp(node, counts, kept, into.count, sign);
}

/** 1 for each sample that counts. */
function keptSamples(
  length: number,
  setOfSample: Uint32Array | undefined,
  labelSets: Uint8Array,
): Uint8Array {
  const kept = new Uint8Array(length);
  for (let index = 0; index < length; index++) kept[index] = labelSets[setOfSample?.[index] ?? 0] ?? 0;
  return kept;
}
