import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { PprofReader } from '../../profile/pprof/pprof-reader.ts';
import { answerParent } from '../harness/child.ts';

const CHUNK_BYTES = 4 << 20;

export interface Decoded {
  readonly ms: number;
  /** Without what others took of the cores, and with what the garbage collector did beside. */
  readonly cpuMs: number;
  readonly samples: number;
  /** The most that the process was in memory, from its start on. */
  readonly peakMb: number;
}

async function measured(decode: () => Promise<number>): Promise<Decoded> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const samples = await decode();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000, samples, peakMb: process.resourceUsage().maxRSS / 1024 };
}

async function readOurs(path: string): Promise<number> {
  const reader = new PprofReader();
  await using file = await open(path);
  for (let at = 0; ; ) {
    const { buffer, bytesRead } = await file.read(new Uint8Array(CHUNK_BYTES), 0, CHUNK_BYTES, at);
    if (bytesRead === 0) break;
    reader.push(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  const [only] = reader.end().profiles;
  return only?.profile.samples.length ?? 0;
}

answerParent({
  ours: (path: string) => measured(() => readOurs(path)),
  pprofFormat: async (path: string) => {
    const { Profile } = await import('pprof-format');
    return measured(async () => Profile.decode(readFileSync(path)).sample.length);
  },
});
