import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HeapMemory } from '../../profile/heap/memory/heap-memory.ts';
import { openHeap } from '../../profile/heap/open-heap.ts';
import { HeapExplorer } from '../../profile/heap/query/heap-explorer.ts';
import type { LeakSuspect } from '../../profile/heap/query/heap-query.ts';
import { HeapSnapshotReader } from '../../profile/heap/reader/heap-snapshot-reader.ts';
import type { Part, PartContext } from '../harness/parts.ts';
import { median } from '../harness/statistics.ts';
import { describeSuspect, HEALTHY, isLeak, type PlantedLeak, TUNED, UNSEEN } from './leaks/corpus.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('leaks/leak-process.mjs', import.meta.url));
/** Who looks at suspects looks at the first few. */
const LOOKED_AT = 3;
const SMALL = 1 / 3;
/** From here on a suspect is called likely. */
const LIKELY = 0.5;

/** Whether planted leaks are found in services that have much else, and services without one are left alone. */
export const leaksPart: Part = {
  name: 'leaks',
  runs: 1,
  async run(context) {
    const seconds: number[] = [];
    const find: Find = async (name, share) => {
      const file = join(context.folder, `${name}.heapsnapshot`);
      await run(process.execPath, ['--no-warnings', script, name, file, String(share)]);
      const startedAt = performance.now();
      const suspects = await suspectsOf(file);
      seconds.push((performance.now() - startedAt) / 1000);
      await rm(file);
      return suspects;
    };
    const tuned = await countFound(TUNED, find, context);
    const unseen = await countFound(UNSEEN, find, context);
    const healthy: number[] = [];
    for (const name of HEALTHY) healthy.push(topOf(name, await find(name, 1), context));
    const alarms = healthy.filter((score) => score >= LIKELY).length;
    return {
      leaksInTop3Of20: {
        value: tuned.found + unseen.found,
        target: { atLeast: 18 },
        meaning: `planted leaks whose class and place are among the first ${LOOKED_AT} suspects`,
      },
      leaksInTop3OfUnseen10: { value: unseen.found, meaning: 'of those that nothing was tuned on' },
      leaksFirst: { value: tuned.first + unseen.first, meaning: 'of all 20, that are the first suspect' },
      leaksInTop3OfSmall20: {
        value: tuned.small + unseen.small,
        meaning: 'the same leaks when a third has leaked',
      },
      falseAlarms: {
        value: alarms,
        target: { atMost: 0 },
        meaning: `of ${HEALTHY.length} services without a leak, with a suspect that scores ${LIKELY} or more`,
      },
      healthyTopScore: {
        value: Math.max(...healthy),
        meaning: 'the highest score in a service without a leak',
      },
      suspectsSeconds: {
        value: median(seconds),
        meaning: 'from the file to the suspects, of snapshots of 30 to 60 MB',
      },
    };
  },
};

/** The suspects of a service when so much of its leak has leaked. */
type Find = (name: string, share: number) => Promise<readonly LeakSuspect[]>;

interface Tally {
  readonly found: number;
  readonly first: number;
  /** Found when a third has leaked. */
  readonly small: number;
}

async function countFound(names: readonly string[], find: Find, { note }: PartContext): Promise<Tally> {
  let [found, first, small] = [0, 0, 0];
  for (const name of names) {
    const { leak } = (await import(`./leaks/services/${name}.mjs`)) as { leak: PlantedLeak };
    const suspects = await find(name, 1);
    const place = suspects.findIndex((suspect) => isLeak(leak, suspect));
    const placeOfSmall = (await find(name, SMALL)).findIndex((suspect) => isLeak(leak, suspect));
    const isFound = isLookedAt(place);
    if (isFound) found++;
    if (place === 0) first++;
    if (isLookedAt(placeOfSmall)) small++;
    note(`  ${name}: ${toWords(place)}; when a third has leaked: ${toWords(placeOfSmall)}`);
    for (const suspect of suspects.slice(0, isFound ? place + 1 : LOOKED_AT))
      note(`    ${describeSuspect(suspect)}`);
  }
  return { found, first, small };
}

function isLookedAt(place: number): boolean {
  return place >= 0 && place < LOOKED_AT;
}

function toWords(place: number): string {
  return place < 0 ? 'not found' : `suspect ${place + 1}`;
}

function topOf(name: string, suspects: readonly LeakSuspect[], { note }: PartContext): number {
  const [top] = suspects;
  note(`  ${name}, without a leak: ${top === undefined ? 'no suspect' : describeSuspect(top)}`);
  return top?.score ?? 0;
}

async function suspectsOf(file: string): Promise<readonly LeakSuspect[]> {
  const bytes = await readFile(file);
  const reader = new HeapSnapshotReader({ fileBytes: bytes.length });
  reader.push(bytes);
  const steps = openHeap(reader.end(), new HeapMemory());
  for (let step = steps.next(); ; step = steps.next())
    if (step.done) return new HeapExplorer(step.value).answer({ ask: 'suspects' }).suspects;
}
