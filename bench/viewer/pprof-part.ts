import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchChild } from '../harness/child.ts';
import type { Part } from '../harness/parts.ts';
import { median } from '../harness/statistics.ts';
import type { Decoded } from './pprof-process.ts';
import { writePprof } from './reference-pprof.ts';

const MEGABYTE = 1e6;

async function decode(who: 'ours' | 'pprofFormat', path: string): Promise<Decoded> {
  await using child = new BenchChild(new URL('pprof-process.ts', import.meta.url));
  return await child.ask<Decoded>(who, path);
}

/** In Node.js, each time in a process of its own: from the unpacked file to samples that can be asked. */
export const pprofPart: Part = {
  name: 'pprof',
  runs: 5,
  async run({ runs, folder, note }) {
    const path = join(folder, 'reference.pb');
    note(`  a pprof of ${Math.round(writePprof(path).sizeBytes / MEGABYTE)} MB`);
    const rounds: { ours: Decoded; pprofFormat: Decoded }[] = [];
    for (let run = 1; run <= runs; run++) {
      const round = { ours: await decode('ours', path), pprofFormat: await decode('pprofFormat', path) };
      rounds.push(round);
      note(`  run ${run} of ${runs}: ${JSON.stringify(round)}`);
      if (round.ours.samples !== round.pprofFormat.samples)
        throw new Error('They have read different samples');
    }
    await rm(path);
    const of = (who: 'ours' | 'pprofFormat', what: keyof Decoded) =>
      median(rounds.map((round) => round[who][what]));
    return {
      pprofRatioToPprofFormat: {
        value: of('ours', 'ms') / of('pprofFormat', 'ms'),
        target: { atMost: 0.25 },
        meaning: 'pprof of a million samples, from file to samples, in Node.js',
      },
      pprofCpuRatioToPprofFormat: {
        value: of('ours', 'cpuMs') / of('pprofFormat', 'cpuMs'),
        meaning: 'the same by the time of the processor, which a busy machine changes less',
      },
      pprofMs: { value: of('ours', 'ms'), meaning: 'the same of ours alone' },
      pprofMb: {
        value: of('ours', 'peakMb'),
        target: { atMost: 400 },
        meaning: 'the most that our process took, Node.js itself among it',
      },
      pprofFormatMb: { value: of('pprofFormat', 'peakMb'), meaning: 'of pprof-format' },
    };
  },
};
