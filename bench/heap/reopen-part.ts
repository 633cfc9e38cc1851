import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchChild } from '../harness/child.ts';
import type { Part } from '../harness/parts.ts';
import { median } from '../harness/statistics.ts';
import { FIRST_CLASSES, firstQuestions, HEAVY_OBJECTS } from './first-questions.ts';
import { writeReference } from './references.ts';
import { ServerChild, snapshotFile } from './server-child.ts';

const MEGABYTE = 1e6;

/** A snapshot of 1 GB that the server has opened before, opened again from the index that it kept. */
export const reopenPart: Part = {
  name: 'reopen',
  runs: 5,
  async run({ runs, folder, note }) {
    const path = join(folder, 'reference.heapsnapshot');
    const { sizeBytes } = writeReference(path, '1 GB');
    const file = snapshotFile(path, sizeBytes);
    const { object, peakBytes, openSeconds } = await openFirst(file);
    const indexBytes = (await stat(file.indexPath)).size;
    note(`  opened in ${openSeconds.toFixed(1)} s, an index of ${Math.round(indexBytes / MEGABYTE)} MB`);
    // Whoever opens it again reads no artifact.
    await rm(path);
    const [alone, whole]: [number[], number[]] = [[], []];
    for (let run = 1; run <= runs; run++) {
      await using child = new BenchChild(new URL('reopen-process.ts', import.meta.url));
      await child.ask('ready');
      alone.push(await child.ask<number>('reopen', { file, object }));
      whole.push(await reopenInServerChild(file, object));
      note(
        `  run ${run} of ${runs}: ${alone.at(-1)?.toFixed()} ms, with its process ${whole.at(-1)?.toFixed()} ms`,
      );
    }
    await rm(file.indexPath);
    return {
      reopenMs: {
        value: median(alone),
        target: { atMost: 500 },
        meaning:
          '1 GB, from the index to summary, first page of classes and retainers of one object, in a new process once it has started',
      },
      reopenWithStartMs: {
        value: median(whole),
        meaning: "the same in the server's process for it, its start included",
      },
      indexPerFileByte: { value: indexBytes / sizeBytes, meaning: 'bytes of the index by those of the file' },
      serverMemoryPerFileByte: {
        value: peakBytes / sizeBytes,
        meaning: "the most that the server's process was resident, with what it computes for the index",
      },
    };
  },
};

async function openFirst(file: ReturnType<typeof snapshotFile>) {
  await using child = new ServerChild(file);
  const indexed = child.indexDone();
  const startedAt = performance.now();
  await child.open(file);
  await child.ask(FIRST_CLASSES);
  const openSeconds = (performance.now() - startedAt) / 1000;
  const object = (await child.ask(HEAVY_OBJECTS)).rows[0]?.id ?? 1;
  const state = await indexed;
  if (state !== 'kept') throw new Error('The index was not kept');
  return { object, peakBytes: child.peakBytes, openSeconds };
}

async function reopenInServerChild(file: ReturnType<typeof snapshotFile>, object: number): Promise<number> {
  const startedAt = performance.now();
  await using child = new ServerChild(file);
  const from = await child.open(file);
  if (from !== 'index') throw new Error('It was not opened from its index');
  for (const question of firstQuestions(object)) await child.ask(question);
  return performance.now() - startedAt;
}
