import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchChild } from '../harness/child.ts';
import { median } from '../harness/statistics.ts';
import type { Part } from './parts.ts';
import { LARGE, MIDDLE, writeCpuProfile } from './reference-cpu-profile.ts';

/** Within one process, after a first time that warms up. */
const TIMES = 5;

interface Round {
  readonly regexMs: number;
  readonly hideMs: number;
  readonly rangeMs: number;
  readonly diffMs: number;
}

/**
 * What the worker and the page compute when something is asked of a profile that is open, by the code that they run, in Node.js: from
 * the choice to all columns of the new view.
 */
export const analysisPart: Part = {
  name: 'analysis',
  runs: 3,
  async run({ runs, folder, note }) {
    const large = join(folder, 'large.cpuprofile');
    writeCpuProfile(large, LARGE);
    const before = join(folder, 'before.cpuprofile');
    const after = join(folder, 'after.cpuprofile');
    writeCpuProfile(before, MIDDLE);
    // The same stacks, hit otherwise: two recordings of one service.
    writeCpuProfile(after, { ...MIDDLE, sampleSeed: 95 });
    const rounds: Round[] = [];
    for (let run = 1; run <= runs; run++) {
      await using child = new BenchChild(new URL('analysis-process.ts', import.meta.url));
      const size = await child.ask<{ rows: number; samples: number }>('load', large);
      const round = {
        regexMs: await child.ask<number>('regex', TIMES),
        hideMs: await child.ask<number>('hide', TIMES),
        rangeMs: await child.ask<number>('range', TIMES),
        diffMs: await child.ask<number>('diff', { before, after, times: TIMES }),
      };
      rounds.push(round);
      note(`  run ${run} of ${runs}: ${JSON.stringify({ ...size, ...round })}`);
    }
    await Promise.all([large, before, after].map((path) => rm(path)));
    const of = (what: keyof Round) => median(rounds.map((round) => round[what]));
    return {
      regexMs: {
        value: of('regexMs'),
        target: { atMost: 50 },
        meaning: 'an expression over 1.2 million calls: which match, and their share',
      },
      transformMs: {
        value: Math.max(of('hideMs'), of('rangeMs')),
        target: { atMost: 150 },
        meaning: 'over 17 million samples, the slower of the two below',
      },
      hideMs: { value: of('hideMs'), meaning: 'hiding node_modules, until all columns are there' },
      rangeMs: { value: of('rangeMs'), meaning: 'choosing half of the time, until all columns are there' },
      diffMs: {
        value: of('diffMs'),
        target: { atMost: 150 },
        meaning: 'laying two profiles of 264,000 calls each over each other',
      },
    };
  },
};
