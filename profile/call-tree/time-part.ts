import type { Micros, Profile } from '../model/profile.ts';
import { type SampleTimes, toSampleTimes } from '../model/sample-times.ts';
import type { TimeRange } from '../transform/transform.ts';

/** What lies in a part of the time. */
export interface TimePart {
  /** The samples that begin in it are those from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
  /** What they have too much and what the sample before them reaches in. */
  readonly pieces: readonly TimePiece[];
}

/** A part of what one sample stands for; negative where it is to be taken away. */
interface TimePiece {
  readonly sample: number;
  readonly micros: Micros;
  readonly ofMicros: Micros;
}

/**
 * Bounds are taken as whole microseconds, so that the sums of neighbouring ranges are exact. Undefined where there is nothing
 * to choose by: no range, or samples without an order in time.
 */
export function findTimePart(profile: Profile, range: TimeRange | undefined): TimePart | undefined {
  if (range === undefined || profile.timeline === undefined) return undefined;
  return toTimePart(toSampleTimes(profile), range);
}

function toTimePart(times: SampleTimes, range: TimeRange): TimePart {
  const from = Math.max(0, Math.round(range.fromMicros));
  const to = Math.max(from, Math.round(range.toMicros));
  const first = times.firstFrom(from);
  // The last samples can have lasted for no time, at the very end.
  const end = to > from && to >= times.total ? times.length : times.firstFrom(to);
  const pieces: TimePiece[] = [];
  if (first > 0) {
    const begin = times.startOf(first - 1);
    const until = times.startOf(first);
    const micros = Math.min(until, to) - from;
    if (micros > 0) pieces.push({ sample: first - 1, micros, ofMicros: until - begin });
  }
  if (end > first) {
    const begin = times.startOf(end - 1);
    const until = times.startOf(end);
    if (until > to) pieces.push({ sample: end - 1, micros: to - until, ofMicros: until - begin });
  }
  return { first, end, pieces };
}
