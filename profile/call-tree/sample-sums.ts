import { memo } from '../model/memo.ts';
import type { IndexIntoValueTypes, Profile, ValueColumn } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import type { TimeRange } from '../transform/transform.ts';
import { addSamples, noSums, type SampleSums, type Span, type Summed } from './add-samples.ts';
import { findCountOf } from './count-type.ts';
import { SumsSoFar } from './sums-so-far.ts';
import { findTimePart, type TimePart } from './time-part.ts';

/** Which samples, by what. */
export interface SampleChoice {
  readonly valueType: IndexIntoValueTypes;
  readonly labelSets: Uint8Array | undefined;
  readonly timeRange: TimeRange | undefined;
}

/** Not to be written to, nor to be kept: of less than everything, the next call writes to them. */
export function sumSamples(profile: Profile, choice: SampleChoice): SampleSums {
  return knownSums(profile).find(choice);
}

/** So many times as many samples as nodes there are at least, before sums are kept for parts of the time. */
const MANY_SAMPLES = 8;
/** What is walked of them for a part is a sixteenth of all then, in the mean. */
const PARTS = 8;

/** The sums of everything by each value type, and the last of less: the millions of samples are walked when they must be. */
class KnownSums {
  readonly #profile: Profile;
  readonly #wholes: SampleSums[] = [];
  readonly #soFar: SumsSoFar[] = [];
  #last: { readonly choice: SampleChoice; readonly sums: SampleSums } | undefined;
  readonly #scratch = new Scratch();

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  find(choice: SampleChoice): SampleSums {
    if (choice.labelSets === undefined && choice.timeRange === undefined)
      return this.#whole(choice.valueType);
    if (this.#last === undefined || !isSame(this.#last.choice, choice)) {
      this.#last = undefined;
      this.#scratch.giveBack();
      this.#last = { choice, sums: this.#sum(choice) };
    }
    return this.#last.sums;
  }

  #whole(valueType: IndexIntoValueTypes): SampleSums {
    let sums = this.#wholes[valueType];
    if (sums === undefined) {
      sums = this.#walk({ valueType }, { first: 0, end: this.#profile.samples.length }, new Scratch());
      this.#wholes[valueType] = sums;
    }
    return sums;
  }

  #sum(choice: SampleChoice): SampleSums {
    const part = findTimePart(this.#profile, choice.timeRange);
    if (part === undefined) return this.#walk(choice, { first: 0, end: this.#profile.samples.length });
    const isExact = choice.labelSets === undefined && hasWholeNumbers(this.#profile, choice.valueType);
    const sums = isExact
      ? this.#sumsSoFar(choice.valueType).between(part, this.#scratch)
      : this.#walk(choice, part);
    addPieces(this.#profile, choice, part, sums.self);
    return sums;
  }

  /** Few samples are walked sooner than the memory for more marks than the ends is come by. */
  #sumsSoFar(valueType: IndexIntoValueTypes): SumsSoFar {
    const { samples, nodes } = this.#profile;
    const parts = samples.length >= nodes.length * MANY_SAMPLES ? PARTS : 1;
    this.#soFar[valueType] ??= new SumsSoFar(this.#profile, valueType, this.#whole(valueType), parts);
    return this.#soFar[valueType];
  }

  #walk(choice: Summed, span: Span, scratch = this.#scratch): SampleSums {
    const sums = noSums(this.#profile, choice.valueType, scratch);
    addSamples(this.#profile, choice, span, sums);
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
