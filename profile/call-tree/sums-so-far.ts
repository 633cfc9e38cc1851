import type { Counts } from '../model/add-up.ts';
import { inBlocks } from '../model/blocks.ts';
import type { IndexIntoValueTypes, Profile } from '../model/profile.ts';
import type { Scratch } from '../model/scratch.ts';
import { addSamples, noSums, type SampleSums, type Span } from './add-samples.ts';

/** How far a recording has come at a few of its samples. */
interface Mark {
  /** The samples before this one are summed up. */
  readonly before: number;
  readonly self: Counts;
  readonly count: Counts;
}

const MOST_OF_32_BITS = 0xffff_ffff;

/**
 * What samples add up to before each of a few marks in a recording, so that of any part of it only the samples between its ends and
 * the nearest marks are walked: prefix sums, not at every sample. Takes memory for every node at every mark. Exact for whole
 * numbers alone, as it takes away what was added.
 */
export class SumsSoFar {
  readonly #profile: Profile;
  readonly #valueType: IndexIntoValueTypes;
  readonly #marks: readonly Mark[];

  /** `whole`: the sums of all samples. `parts`: how many the marks divide the samples into. */
  constructor(profile: Profile, valueType: IndexIntoValueTypes, whole: SampleSums, parts: number) {
    this.#profile = profile;
    this.#valueType = valueType;
    const { length } = profile.samples;
    const soFar = noSums(profile, valueType);
    const isNarrow = whole.self.every((value) => value <= MOST_OF_32_BITS);
    const marks: Mark[] = [{ before: 0, ...noSums(profile, valueType) }];
    for (let part = 1; part < parts; part++) {
      const first = marks.at(-1)?.before ?? 0;
      const end = Math.floor((length * part) / parts);
      addSamples(profile, { valueType }, { first, end }, soFar);
      const self = isNarrow ? new Uint32Array(soFar.self) : soFar.self.slice();
      marks.push({ before: end, self, count: soFar.count.slice() });
    }
    this.#marks = [...marks, { before: length, ...whole }];
  }

  /** Of the samples of a span alone. */
  between({ first, end }: Span, scratch: Scratch): SampleSums {
    const from = this.#nearest(first);
    const to = this.#nearest(end);
    const walked = Math.abs(from.before - first) + Math.abs(to.before - end);
    if (from === to || walked >= end - first) {
      const sums = noSums(this.#profile, this.#valueType, scratch);
      this.#walk(first, end, sums);
      return sums;
    }
    const sums = difference(from, to, scratch);
    this.#walk(first, from.before, sums);
    this.#walk(to.before, end, sums);
    return sums;
  }

  #nearest(sample: number): Mark {
    return this.#marks.reduce((nearest, mark) =>
      Math.abs(mark.before - sample) < Math.abs(nearest.before - sample) ? mark : nearest,
    );
  }

  /** Adds the samples from one to another, or takes them away where that is backwards. */
  #walk(from: number, to: number, into: SampleSums): void {
    const span = { first: Math.min(from, to), end: Math.max(from, to) };
    addSamples(this.#profile, { valueType: this.#valueType }, span, into, from < to ? 1 : -1);
  }
}

function difference(less: Mark, more: Mark, scratch: Scratch): SampleSums {
  const { length } = more.self;
  const sums = { self: scratch.float64(length), count: scratch.like(more.count, length) };
  inBlocks(length, (first, end) => {
    subtract(more.self, less.self, first, end, sums.self);
    subtract(more.count, less.count, first, end, sums.count);
  });
  return sums;
}

function subtract(more: Counts, less: Counts, first: number, end: number, into: Counts): void {
  for (let node = first; node < end; node++) into[node] = (more[node] as number) - (less[node] as number);
}
