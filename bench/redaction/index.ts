import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeVersions } from '../../agent/testing/node-versions.ts';
import { findSecrets, plantSecrets } from '../../agent/testing/planted-secrets.ts';
import type { Bench, BenchContext } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import { watchResidentMb } from '../harness/process-figures.ts';
import { median } from '../harness/statistics.ts';
import { installDevTools } from '../peers/install-peer.ts';
import type { DevToolsView } from './devtools-process.ts';
import { writeLargeSnapshot } from './large-snapshot.ts';
import type { Redacted } from './redactor-thread.ts';

const RUNS = 3;
const SECRETS = 200;
const LARGE_BYTES = 1024 ** 3;
const MEGABYTE = 1e6;

const urlOf = (name: string) => new URL(`${name}-process.ts`, import.meta.url);
const scriptOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Its artifacts lie in the folder, and go with it. */
const newRedactor = (folder: string) => new BenchChild(urlOf('redactor'), [], { TMPDIR: folder });

/** What is left of the secrets of one service, and what Chrome DevTools sees of the difference. */
interface Planted {
  planted: number;
  foundBefore: number;
  foundAfter: number;
  /** Of counts, sizes, classes, and of all nodes' retained sizes, dominators and distances. */
  differences: number;
}

async function measurePlanted(node: string, folder: string, bundle: string): Promise<Planted> {
  const path = join(folder, 'planted.heapsnapshot');
  const secrets = plantSecrets(node, path, SECRETS);
  await using redactor = newRedactor(folder);
  await using devTools = new BenchChild(urlOf('devtools'), [bundle]);
  const redacted = await redactor.ask<Redacted>('redact', path);
  try {
    const before = await devTools.ask<DevToolsView>('view', path);
    const after = await devTools.ask<DevToolsView>('view', redacted.path);
    return {
      planted: secrets.length,
      foundBefore: findSecrets(await readFile(path), secrets).length,
      foundAfter: findSecrets(await readFile(redacted.path), secrets).length,
      differences: countDifferences(before, after),
    };
  } finally {
    await rm(redacted.path, { force: true });
  }
}

function countDifferences(before: DevToolsView, after: DevToolsView): number {
  const one = (of: DevToolsView) => [
    ...[of.nodeCount, of.edgeCount, of.totalSize, of.statistics, of.nodesSha256, of.classes.length],
    ...of.classes,
  ];
  const [left, right] = [one(before), one(after)];
  return left.filter((value, index) => value !== right[index]).length + Math.abs(left.length - right.length);
}

interface Round {
  growthMb: number;
  megabytesPerSecond: number;
  withDiskMegabytesPerSecond: number;
}

async function measureLarge(folder: string, runs: number, note: BenchContext['note']): Promise<Round[]> {
  const path = join(folder, 'large.heapsnapshot');
  const large = await writeLargeSnapshot(path, LARGE_BYTES);
  note(`a snapshot of ${Math.round(large.sizeBytes / MEGABYTE)} MB with ${large.nodeCount} nodes is written`);
  const rounds: Round[] = [];
  for (let run = 1; run <= runs; run++) {
    await using redactor = newRedactor(folder);
    // The first file warms it up: what is loaded and compiled once is none of the snapshot's memory.
    await rm((await redactor.ask<Redacted>('redact', await smallSnapshot(folder))).path);
    const memory = watchResidentMb(redactor.pid);
    const {
      nodeCount,
      path: redactedPath,
      seconds,
      redactionSeconds,
    } = await redactor.ask<Redacted>('redact', path);
    const { startMb, peakMb } = memory.stop();
    await rm(redactedPath);
    if (nodeCount !== large.nodeCount) throw new Error(`The redaction has read ${nodeCount} nodes`);
    rounds.push({
      growthMb: peakMb - startMb,
      megabytesPerSecond: large.sizeBytes / MEGABYTE / redactionSeconds,
      withDiskMegabytesPerSecond: large.sizeBytes / MEGABYTE / seconds,
    });
    note(`round ${run} of ${runs}: ${JSON.stringify(rounds.at(-1))}`);
  }
  return rounds;
}

async function smallSnapshot(folder: string): Promise<string> {
  const path = join(folder, 'small.heapsnapshot');
  await writeLargeSnapshot(path, 8 * 1024 ** 2);
  return path;
}

export const redaction: Bench = {
  summary: 'heap snapshots without the secrets of their service',
  async run({ runs = RUNS, note }) {
    execFileSync(process.execPath, [scriptOf('../../agent/nodes/install.mjs')], { stdio: ['ignore', 2, 2] });
    const bundle = installDevTools();
    const folder = await mkdtemp(join(tmpdir(), 'opscenter-bench-'));
    try {
      const planted: Planted[] = [];
      for (const { name, path } of nodeVersions) {
        const found = await measurePlanted(path, folder, bundle);
        planted.push(found);
        note(`${name}: ${JSON.stringify(found)}`);
      }
      const rounds = await measureLarge(folder, runs, note);
      const worst = (of: (one: Planted) => number) => Math.max(...planted.map(of));
      return {
        runs,
        figures: {
          secretsFound: {
            value: worst(({ foundAfter }) => foundAfter),
            target: { atMost: 0 },
            meaning: `of ${SECRETS} planted, in the redacted snapshot, on the worst Node version`,
          },
          secretsFoundUnredacted: {
            value: Math.min(...planted.map(({ foundBefore }) => foundBefore)),
            target: { atLeast: SECRETS },
            meaning: 'the same search in the snapshot as it was: that it finds what is there',
          },
          devToolsDifferences: {
            value: worst(({ differences }) => differences),
            target: { atMost: 0 },
            meaning:
              'counts, classes and sizes that Chrome DevTools tells otherwise, on the worst Node version',
          },
          memoryMb: {
            value: Math.max(...rounds.map(({ growthMb }) => growthMb)),
            target: { atMost: 64 },
            meaning: 'most that the process grew over a snapshot of 1 GiB, written to the disk',
          },
          megabytesPerSecond: {
            value: median(rounds.map((round) => round.megabytesPerSecond)),
            meaning: 'speed of the redaction alone',
          },
          withDiskMegabytesPerSecond: {
            value: median(rounds.map((round) => round.withDiskMegabytesPerSecond)),
            meaning: 'speed from file to hashed file',
          },
        },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
