import type { Profile, ValueColumn, ValueType } from '../model/profile.ts';
import { findValueType } from './shared-value-types.ts';

/** One column of all samples, one profile after the other; undefined where each counts one in all of them. */
export function mergeValues(
  profiles: readonly Profile[],
  type: ValueType,
  length: number,
): ValueColumn | undefined {
  const columns = profiles.map((profile) => profile.samples.values[findValueType(profile, type) ?? -1]);
  if (columns.every((column) => column === undefined)) return undefined;
  const isWide = columns.some((column) => column instanceof Float64Array);
  const merged = isWide ? new Float64Array(length) : new Int32Array(length);
  let next = 0;
  profiles.forEach(({ samples }, at) => {
    const column = columns[at];
    if (column === undefined) merged.fill(1, next, next + samples.length);
    else merged.set(column, next);
    next += samples.length;
  });
  return merged;
}

/** 0 for the samples of profiles that say nothing of lines. */
export function mergeSampleLines(profiles: readonly Profile[], length: number): Uint32Array | undefined {
  if (profiles.every(({ samples }) => samples.line === undefined)) return undefined;
  const merged = new Uint32Array(length);
  let next = 0;
  for (const { samples } of profiles) {
    if (samples.line !== undefined) merged.set(samples.line, next);
    next += samples.length;
  }
  return merged;
}
