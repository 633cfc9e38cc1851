import { join } from 'node:path';
import { BenchChild } from '../harness/child.ts';
import { readPeakResidentBytes } from '../harness/process-figures.ts';
import { installDevTools, installMemlab } from '../peers/install-peer.ts';
import type { Opened } from './opened.ts';

/** Who opens a snapshot, in a process of its own with as much memory as it wants. */
export interface Opener {
  readonly name: 'ours' | 'devtools' | 'memlab';
  start(): BenchChild;
}

export interface Opening extends Opened {
  /** The most that the process was resident: its program, and all of the file that it keeps. */
  readonly peakBytes: number;
}

const BUDGET_MS = 1_800_000;
/** Where V8's own heap has to hold what ours has in typed arrays. */
const ROOM = { NODE_OPTIONS: '--max-old-space-size=14000' };

const urlOf = (name: string) => new URL(`${name}-process.ts`, import.meta.url);

/** As the server starts its process for a snapshot. */
const LARGE_PAGES = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' };

/** @param folder for what was made of a program's text, as the server keeps it for the next time; everybody has it */
export function allOpeners(folder: string): Opener[] {
  const programs = { NODE_COMPILE_CACHE: join(folder, 'programs') };
  const [bundle, memlab] = [installDevTools(), installMemlab()];
  return [
    { name: 'ours', start: () => new BenchChild(urlOf('explorer'), [], { ...LARGE_PAGES, ...programs }) },
    {
      name: 'devtools',
      start: () => new BenchChild(urlOf('devtools'), [bundle], { ...ROOM, ...programs }),
    },
    { name: 'memlab', start: () => new BenchChild(urlOf('memlab'), [memlab], { ...ROOM, ...programs }) },
  ];
}

/** Opens it once, in a new process. */
export async function openOnce(opener: Opener, path: string): Promise<Opening> {
  await using child = opener.start();
  const opened = await child.ask<Opened>('open', path, BUDGET_MS);
  return { ...opened, peakBytes: readPeakResidentBytes(child.pid) };
}
