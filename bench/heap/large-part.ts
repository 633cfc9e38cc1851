import { rm, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import type { Part } from '../harness/parts.ts';
import { FIRST_CLASSES } from './first-questions.ts';
import { writeReference } from './references.ts';
import { ServerChild, snapshotFile } from './server-child.ts';

const MEGABYTE = 1e6;
const NEEDED_DISK_BYTES = 6e9;
const NEEDED_MEMORY_BYTES = 8e9;

/** A snapshot of 4 GB, opened in the server's process for it. */
export const largePart: Part = {
  name: 'large',
  runs: 1,
  async run({ folder, note }) {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < NEEDED_DISK_BYTES) throw new Error('The disk has no room for a snapshot of 4 GB');
    const path = join(folder, 'reference.heapsnapshot');
    const { sizeBytes, nodeCount, edgeCount } = writeReference(path, '4 GB');
    note(`  a snapshot of ${Math.round(sizeBytes / MEGABYTE)} MB, ${nodeCount} nodes, ${edgeCount} edges`);
    if (freemem() < NEEDED_MEMORY_BYTES)
      note(`  only ${Math.round(freemem() / MEGABYTE)} MB of memory are free`);
    try {
      const file = snapshotFile(path, sizeBytes);
      await using child = new ServerChild(file);
      const startedAt = performance.now();
      await child.open(file);
      const { rows } = await child.ask(FIRST_CLASSES);
      const seconds = (performance.now() - startedAt) / 1000;
      const { objectCount } = await child.ask({ ask: 'summary' });
      if (rows.length === 0 || objectCount === 0) throw new Error('The snapshot of 4 GB has no classes');
      return {
        open4GbSeconds: {
          value: seconds,
          meaning: `${nodeCount} nodes, from the file to the first page of classes in the server's process`,
        },
        open4GbMemoryPerFileByte: {
          value: child.peakBytes / sizeBytes,
          meaning: 'the most that the process was resident by then, by the bytes of the file',
        },
      };
    } finally {
      await rm(path, { force: true });
    }
  },
};
