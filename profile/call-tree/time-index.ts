import { memo } from '../model/memo.ts';
import type { Micros, Profile, ValueColumn } from '../model/profile.ts';

/** Running sums are kept for every so many samples; what lies between is added up when asked for. */
const STRIDE = 4096;

/** When the samples of a profile with a timeline were taken, in microseconds after the first. */
export interface TimeIndex {
  readonly endMicros: Micros;
  /** The first sample that begins at this time or after it; the number of samples when none does. */
  firstFrom(micros: Micros): number;
  /** When a sample begins; the end for the sample after the last. */
  timeOf(sample: number): Micros;
}

/** `times` is undefined where samples have no order in time. */
export const findTimeIndex = memo(({ timeline, samples, defaultValueType }: Profile) => {
  const durations = samples.values[defaultValueType];
  return { times: timeline === undefined || durations === undefined ? undefined : toTimeIndex(durations) };
});

function toTimeIndex(durations: ValueColumn): TimeIndex {
  const { length } = durations;
  const marks = new Float64Array(Math.floor(length / STRIDE) + 1);
  let time = 0;
  for (let sample = 0; sample < length; sample++) {
    if (sample % STRIDE === 0) marks[sample / STRIDE] = time;
    time += durations[sample] as number;
  }
  const endMicros = time;
  if (length % STRIDE === 0) marks[length / STRIDE] = endMicros;
  return {
    endMicros,
    firstFrom: (micros) => {
      // The last mark before the time; several marks can stand at one time.
      let low = 0;
      let high = marks.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((marks[middle] as number) < micros) low = middle;
        else high = middle - 1;
      }
      let sample = low * STRIDE;
      for (let at = marks[low] as number; sample < length && at < micros; sample++)
        at += durations[sample] as number;
      return sample;
    },
    timeOf: (sample) => {
      const mark = Math.floor(sample / STRIDE);
      let at = marks[mark] as number;
      for (let before = mark * STRIDE; before < sample; before++) at += durations[before] as number;
      return at;
    },
  };
}
