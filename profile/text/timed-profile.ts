import fc from 'fast-check';
import type { Micros, Profile } from '../model/profile.ts';
import { cpuProfileFromText, readCpuProfile } from './profile-from-text.ts';

/** For tests: a profile of stacks one after another, root first, each of so many microseconds. */
export function timedProfile(stacks: readonly (readonly string[])[], micros: readonly Micros[]): Profile {
  const deepest = Math.max(...stacks.map((stack) => stack.length));
  const widths = stacks.map((stack) => Math.max(...stack.map((name) => name.length)) + 2);
  const lines = Array.from({ length: deepest }, (_, depth) =>
    stacks.map((stack, at) => (stack[depth] ?? '').padEnd(widths[at] ?? 0)).join(''),
  );
  const json = cpuProfileFromText(lines.join('\n'));
  const timeDeltas = [0, ...micros.slice(0, -1)];
  const endTime = micros.reduce((sum, duration) => sum + duration, 0);
  return readCpuProfile(JSON.stringify({ ...json, endTime, timeDeltas }));
}

/** Stacks that have much in common, as real ones do, some of them deep; samples that took no time among them. */
export const arbitraryProfile = fc
  .array(
    fc.record({
      stack: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 7 }),
      repeated: fc.integer({ min: 1, max: 20 }),
      micros: fc.constantFrom(0, 1, 2, 3, 10, 1000),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((runs) => {
    const samples = runs.flatMap(({ stack, repeated, micros }) => Array(repeated).fill({ stack, micros }));
    return timedProfile(
      samples.map(({ stack }) => stack),
      samples.map(({ micros }) => micros),
    );
  });
