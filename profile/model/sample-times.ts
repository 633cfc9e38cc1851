import { memo } from './memo.ts';
import type { Micros, Profile, ValueColumn } from './profile.ts';

/** Samples between two known times, as a shift: the others are summed up when asked for. */
const SHIFT = 5;

/**
 * When each sample began, counted from the first. The durations are the profile's own column; kept beside it is the time
 * of every 32nd sample, a quarter of a byte a sample.
 */
export class SampleTimes {
  readonly #durations: ValueColumn | undefined;
  readonly #known: Float64Array;
  readonly length: number;
  /** From the first sample to the end of the last. */
  readonly total: Micros;

  /** @param durations undefined: each sample lasts one. */
  constructor(length: number, durations: ValueColumn | undefined) {
    this.length = length;
    this.#durations = durations;
    this.#known = new Float64Array((length >>> SHIFT) + 1);
    let time = 0;
    for (let sample = 0; sample < length; sample++) {
      if ((sample & ((1 << SHIFT) - 1)) === 0) this.#known[sample >>> SHIFT] = time;
      time += durations === undefined ? 1 : (durations[sample] as number);
    }
    if ((length & ((1 << SHIFT) - 1)) === 0) this.#known[length >>> SHIFT] = time;
    this.total = time;
  }

  durationOf(sample: number): Micros {
    return this.#durations === undefined ? 1 : (this.#durations[sample] as number);
  }

  /** When a sample began; of the one after the last, when the last ended. */
  startOf(sample: number): Micros {
    let time = this.#known[sample >>> SHIFT] as number;
    for (let at = sample & ~((1 << SHIFT) - 1); at < sample; at++) time += this.durationOf(at);
    return time;
  }

  /** The first sample that begins at that time or after it; the number of samples when none does. */
  firstFrom(time: Micros): number {
    const known = this.#known;
    let low = 0;
    let high = known.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      // Samples can last for no time, and several known ones begin at once.
      if ((known[middle] as number) < time) low = middle;
      else high = middle - 1;
    }
    let sample = low << SHIFT;
    for (let begun = known[low] as number; sample < this.length && begun < time; sample++)
      begun += this.durationOf(sample);
    return sample;
  }

  /** The last sample that had begun by then; the first one for a time before it. Of no samples: 0. */
  findAt(time: Micros): number {
    const known = this.#known;
    // Samples come at nearly equal distances: the time itself says nearly where it is.
    let low = Math.min(
      known.length - 1,
      Math.max(0, Math.floor((time / this.total) * (known.length - 1)) || 0),
    );
    let high = low;
    for (let step = 1; low > 0 && (known[low] as number) > time; step *= 4) low = Math.max(0, low - step);
    for (let step = 1; high < known.length - 1 && (known[high] as number) <= time; step *= 4)
      high = Math.min(known.length - 1, high + step);
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((known[middle] as number) <= time) low = middle;
      else high = middle - 1;
    }
    let sample = low << SHIFT;
    let next = known[low] as number;
    for (const last = this.length - 1; sample < last; sample++) {
      next += this.durationOf(sample);
      if (next > time) break;
    }
    return Math.max(0, Math.min(sample, this.length - 1));
  }
}

/** Of a profile whose samples stand in the order of time; of any other they say nothing. */
export const toSampleTimes = memo(
  ({ samples, defaultValueType }: Profile) =>
    new SampleTimes(samples.length, samples.values[defaultValueType]),
);
