import type { TimeRange } from '#profile/index.ts';

/** When a CPU profile was recorded, on the clock of the process. */
export interface CpuTimes {
  readonly firstSampleMicros: number;
  readonly totalMicros: number;
}

/**
 * The part of a CPU profile that lies in a time of a trace of the same process: V8 takes the times of both from the same
 * monotonic clock, so that no wall clock has to be trusted. Undefined where they do not overlap.
 */
export function toCpuRange(
  { firstSampleMicros, totalMicros }: CpuTimes,
  fromMicros: number,
  toMicros: number,
): TimeRange | undefined {
  const from = Math.max(0, fromMicros - firstSampleMicros);
  const to = Math.min(totalMicros, toMicros - firstSampleMicros);
  return from < to ? { fromMicros: from, toMicros: to } : undefined;
}

/** The way back: a part of the profile as a time on the clock of the process. */
export function fromCpuRange(
  { firstSampleMicros }: CpuTimes,
  { fromMicros, toMicros }: TimeRange,
): TimeRange {
  return { fromMicros: firstSampleMicros + fromMicros, toMicros: firstSampleMicros + toMicros };
}
