import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from '../harness/parts.ts';
import { median } from '../harness/statistics.ts';
import { allOpeners, type Opener, type Opening, openOnce } from './openers.ts';
import { writeReference } from './references.ts';

const MEGABYTE = 1e6;

/** A snapshot of 1 GB from its file to the classes with their retained sizes, each time in a process of its own, in turns. */
export const openPart: Part = {
  name: 'open',
  runs: 3,
  async run({ runs, folder, note }) {
    const path = join(folder, 'reference.heapsnapshot');
    const openers = allOpeners(folder);
    const { sizeBytes, nodeCount, edgeCount } = writeReference(path, '1 GB');
    note(`  a snapshot of ${Math.round(sizeBytes / MEGABYTE)} MB, ${nodeCount} nodes, ${edgeCount} edges`);
    const all = new Map<Opener['name'], Opening[]>();
    for (let run = 1; run <= runs; run++)
      for (const opener of openers) {
        const opening = await openOnce(opener, path);
        if (opening.nodeCount !== nodeCount || opening.edgeCount !== edgeCount)
          throw new Error(
            `${opener.name} has read ${opening.nodeCount} nodes and ${opening.edgeCount} edges`,
          );
        all.set(opener.name, [...(all.get(opener.name) ?? []), opening]);
        note(
          `  run ${run} of ${runs}, ${opener.name}: ${opening.seconds.toFixed(1)} s (${opening.cpuSeconds.toFixed(1)} of the processor), ${Math.round(opening.peakBytes / MEGABYTE)} MB`,
        );
      }
    await rm(path);
    const of = (name: Opener['name'], what: 'seconds' | 'cpuSeconds' | 'peakBytes') =>
      median((all.get(name) ?? []).map((opening) => opening[what]));
    const seconds = (name: Opener['name'], meaning: string) => ({ value: of(name, 'seconds'), meaning });
    const megabytes = (name: Opener['name'], meaning: string) => ({
      value: of(name, 'peakBytes') / MEGABYTE,
      meaning,
    });
    return {
      ratioToMemlab: {
        value: of('ours', 'seconds') / of('memlab', 'seconds'),
        target: { atMost: 0.2 },
        meaning: '1 GB, from the file to all retained sizes; ours has its classes by then, memlab has none',
      },
      ratioToDevtools: {
        value: of('ours', 'seconds') / of('devtools', 'seconds'),
        target: { atMost: 0.2 },
        meaning: '1 GB, from the file to the classes with their retained sizes, DevTools in its two threads',
      },
      cpuRatioToMemlab: {
        value: of('ours', 'cpuSeconds') / of('memlab', 'cpuSeconds'),
        meaning: "the same by the processor's time, which others on the machine do not take part in",
      },
      cpuRatioToDevtools: {
        value: of('ours', 'cpuSeconds') / of('devtools', 'cpuSeconds'),
        meaning: "by the processor's time, both threads of DevTools together",
      },
      openSeconds: seconds('ours', 'the same of ours alone'),
      devtoolsSeconds: seconds('devtools', 'of DevTools'),
      memlabSeconds: seconds('memlab', 'of memlab'),
      memoryPerFileByte: {
        value: of('ours', 'peakBytes') / sizeBytes,
        target: { atMost: 1.7 },
        meaning: 'the most that our process was resident, by the bytes of the file',
      },
      openMb: megabytes('ours', 'the same in megabytes'),
      devtoolsMb: megabytes('devtools', 'of DevTools'),
      memlabMb: megabytes('memlab', 'of memlab'),
    };
  },
};
