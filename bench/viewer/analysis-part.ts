import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchChild } from '../harness/child.ts';
import type { Part } from '../harness/parts.ts';
import { median } from '../harness/statistics.ts';
import type { Spent } from './analysis-process.ts';
import { LARGE, MIDDLE, writeCpuProfile } from './reference-cpu-profile.ts';

/** Within one process, after a first time that warms up. */
const TIMES = 8;

interface Round {
  readonly regex: Spent;
  readonly hide: Spent;
  readonly range: Spent;
  readonly hideView: Spent;
  readonly rangeView: Spent;
  readonly diff: Spent;
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
        regex: await child.ask<Spent>('regex', TIMES),
        hide: await child.ask<Spent>('hide', TIMES),
        range: await child.ask<Spent>('range', TIMES),
        hideView: await child.ask<Spent>('hideView', TIMES),
        rangeView: await child.ask<Spent>('rangeView', TIMES),
        diff: await child.ask<Spent>('diff', { before, after, times: TIMES }),
      };
      rounds.push(round);
      note(`  run ${run} of ${runs}: ${JSON.stringify({ ...size, ...round })}`);
    }
    await Promise.all([large, before, after].map((path) => rm(path)));
    const of = (what: keyof Round, by: keyof Spent = 'ms') => median(rounds.map((round) => round[what][by]));
    return {
      regexMs: {
        value: of('regex'),
        target: { atMost: 50 },
        meaning: 'an expression over 1.2 million calls: which match, and their share',
      },
      transformMs: {
        value: Math.max(of('hide'), of('range')),
        target: { atMost: 150 },
        meaning:
          'the call tree of 17 million samples without packages or Node.js, in turns, or of half the time, each time another; the slower of the two',
      },
      transformCpuMs: {
        value: Math.max(of('hide', 'cpuMs'), of('range', 'cpuMs')),
        meaning: 'the same by the time of the processor, which a busy machine changes less',
      },
      transformViewMs: {
        value: Math.max(of('hideView'), of('rangeView')),
        meaning: 'the call tree with the table of functions and where every box is',
      },
      diffMs: {
        value: of('diff'),
        target: { atMost: 150 },
        meaning: 'laying two profiles of 264,000 calls each over each other',
      },
      diffCpuMs: {
        value: of('diff', 'cpuMs'),
        meaning: 'the same by the time of the processor',
      },
      diffFirstMs: {
        value: of('diff', 'firstMs'),
        meaning: 'the same the first time, when samples are summed up and code is compiled as well',
      },
    };
  },
};
