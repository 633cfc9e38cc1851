import { addUp, addUpAndCount, type Counts } from '../model/add-up.ts';
import { memo } from '../model/memo.ts';
import type { IndexIntoValueTypes, Profile, ValueColumn } from '../model/profile.ts';
import type { TimeRange } from '../transform/transform.ts';
import { findCountOf } from './count-type.ts';
import { findTimePart, type TimePart } from './time-part.ts';

/** What the samples of each node add up to. */
export interface SampleSums {
  readonly self: Float64Array;
  readonly count: Counts;
}

/** Which samples, by what. */
export interface SampleChoice {
  readonly valueType: IndexIntoValueTypes;
  readonly labelSets: Uint8Array | undefined;
  readonly timeRange: TimeRange | undefined;
}

/** Not to be written to: they are kept. */
export function sumSamples(profile: Profile, choice: SampleChoice): SampleSums {
  return knownSums(profile).find(choice);
}

/** The sums of everything by each value type, and the last of less: the millions of samples are walked when they must be. */
class KnownSums {
  readonly #profile: Profile;
  readonly #wholes: SampleSums[] = [];
  #last: { readonly choice: SampleChoice; readonly sums: SampleSums } | undefined;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  find(choice: SampleChoice): SampleSums {
    if (choice.labelSets === undefined && choice.timeRange === undefined)
      return this.#whole(choice.valueType);
    if (this.#last === undefined || !isSame(this.#last.choice, choice))
      this.#last = { choice, sums: this.#sum(choice) };
    return this.#last.sums;
  }

  #whole(valueType: IndexIntoValueTypes): SampleSums {
    let sums = this.#wholes[valueType];
    if (sums === undefined) {
      sums = addSamples(this.#profile, { valueType, labelSets: undefined });
      this.#wholes[valueType] = sums;
    }
    return sums;
  }

  #sum(choice: SampleChoice): SampleSums {
    const part = findTimePart(this.#profile, choice.timeRange);
    const { length } = this.#profile.samples;
    if (part === undefined) return addSamples(this.#profile, choice);
    const canSubtract = choice.labelSets === undefined && hasWholeNumbers(this.#profile, choice.valueType);
    const sums =
      canSubtract && part.end - part.first > length / 2
        ? subtractRest(this.#profile, choice, part, this.#whole(choice.valueType))
        : addSamples(this.#profile, choice, [part]);
    addPieces(this.#profile, choice, part, sums.self);
    return sums;
  }
}

const knownSums = memo((profile: Profile) => new KnownSums(profile));

function isSame(one: SampleChoice, other: SampleChoice): boolean {
  return (
    one.valueType === other.valueType &&
    one.timeRange?.fromMicros === other.timeRange?.fromMicros &&
    one.timeRange?.toMicros === other.timeRange?.toMicros &&
    isEqual(one.labelSets, other.labelSets)
  );
}

function isEqual(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

type Span = Pick<TimePart, 'first' | 'end'>;

/** The samples of the spans, from `first` to before `end`, or all of them. */
function addSamples(
  { samples, nodes, valueTypes }: Profile,
  { valueType, labelSets }: Omit<SampleChoice, 'timeRange'>,
  spans: readonly Span[] = [{ first: 0, end: samples.length }],
): SampleSums {
  const countType = findCountOf(valueTypes, valueType);
  const values = samples.values[valueType];
  const counts = countType === undefined ? undefined : samples.values[countType];
  const sums = {
    self: new Float64Array(nodes.length),
    count: new (counts === undefined ? Uint32Array : Float64Array)(nodes.length),
  };
  for (const { first, end } of spans) {
    const node = samples.node.subarray(first, end);
    const valuesOfSpan = values?.subarray(first, end);
    if (labelSets === undefined && valuesOfSpan !== undefined && sums.count instanceof Uint32Array) {
      addUpAndCount(node, valuesOfSpan, sums.self, sums.count);
      continue;
    }
    const kept = labelSets && keptSamples(node.length, samples.labelSet?.subarray(first, end), labelSets);
    addUp(node, valuesOfSpan, kept, sums.self);
    addUp(node, counts?.subarray(first, end), kept, sums.count);
  }
  return sums;
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

/** Sums of whole numbers are exact, so that the larger part of all samples may be had from the smaller rest. */
function subtractRest(profile: Profile, choice: SampleChoice, part: Span, whole: SampleSums): SampleSums {
  const outside = [
    { first: 0, end: part.first },
    { first: part.end, end: profile.samples.length },
  ];
  const sums = addSamples(profile, choice, outside);
  const { self, count } = sums;
  for (let node = 0; node < self.length; node++) {
    self[node] = (whole.self[node] as number) - (self[node] as number);
    count[node] = (whole.count[node] as number) - (count[node] as number);
  }
  return sums;
}

function hasWholeNumbers({ samples, valueTypes }: Profile, valueType: IndexIntoValueTypes): boolean {
  const countType = findCountOf(valueTypes, valueType);
  const isWhole = (column: ValueColumn | undefined) => !(column instanceof Float64Array);
  return (
    isWhole(samples.values[valueType]) && (countType === undefined || isWhole(samples.values[countType]))
  );
}

/** Shares out what stands for some time; what is counted counts where it begins. */
function addPieces(
  { samples, valueTypes }: Profile,
  { valueType, labelSets }: SampleChoice,
  { pieces }: TimePart,
  self: Float64Array,
): void {
  const values = samples.values[valueType];
  if (values === undefined || valueTypes[valueType]?.unit === 'count') return;
  for (const { sample, micros, ofMicros } of pieces) {
    if (labelSets?.[samples.labelSet?.[sample] ?? 0] === 0) continue;
    const node = samples.node[sample] as number;
    // In this order it is exact where the value is the time itself.
    self[node] = (self[node] as number) + ((values[sample] as number) * micros) / ofMicros;
  }
}
