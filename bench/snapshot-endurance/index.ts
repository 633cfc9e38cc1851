import { setTimeout as sleep } from 'node:timers/promises';
import { type NodeVersion, nodeVersions } from '../../agent/testing/node-versions.ts';
import { CaptureKind } from '../../proto/gen/opscenter/v1/capture_pb.ts';
import { type Bench, type Figure, UnknownPart } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import { drainCapture } from '../harness/drain-capture.ts';
import { HeapService } from '../harness/heap-service.ts';

/** Some 30 MB with what Node itself has, and some 400. */
const SIZES = [
  { name: '30 MB', objects: 500_000, share: 1 },
  { name: '400 MB', objects: 10_000_000, share: 1 / 40 },
] as const;
const RUNS = 200;
const WORKERS = 2;
const QUIET_MS = 10_000;
/** A service that answers one request so late has stalled. */
const STALL_MS = 1_000;
/** Between two snapshots, so that they meet the service at ever new moments. */
const [LEAST_REST_MS, MOST_REST_MS] = [50, 350];

interface Latency {
  requests: number;
  failures: number;
  p99Ms: number;
  worstMs: number;
}

interface Tally {
  snapshots: number;
  firstTry: number;
  succeeded: number;
  stalls: number;
  crashes: number;
  without: Latency;
  during: Latency;
  /** What became of each try that failed, in the agent's words. */
  failedTries: string[];
}

interface Outcome {
  readonly succeeded: boolean;
  readonly failedTries: readonly string[];
}

async function takeSnapshot(service: HeapService, captureId: string): Promise<Outcome> {
  const { artifact, failed } = await drainCapture(service.client, captureId, CaptureKind.HEAPSNAPSHOT);
  if (failed || !artifact) return { succeeded: false, failedTries: [failed?.message ?? 'no artifact'] };
  return { succeeded: true, failedTries: artifact.remarks.filter((remark) => /^Child \d+ /.test(remark)) };
}

async function endure({ path }: NodeVersion, objects: number, snapshots: number): Promise<Tally> {
  await using service = await HeapService.start({ node: path, objects, workers: WORKERS });
  await using load = new BenchChild(new URL('load-process.ts', import.meta.url));
  await load.ask('start', service.port);
  await sleep(QUIET_MS / 2);
  await load.ask('read');
  await sleep(QUIET_MS);
  const without = await load.ask<Latency>('read');
  const tally: Tally = {
    snapshots,
    firstTry: 0,
    succeeded: 0,
    stalls: 0,
    crashes: 0,
    without,
    during: { requests: 0, failures: 0, p99Ms: 0, worstMs: 0 },
    failedTries: [],
  };
  for (let number = 0; number < snapshots && service.isAlive; number++) {
    await sleep(LEAST_REST_MS + Math.random() * (MOST_REST_MS - LEAST_REST_MS));
    const { succeeded, failedTries } = await takeSnapshot(service, `snapshot-${number}`);
    if (succeeded) tally.succeeded++;
    if (succeeded && failedTries.length === 0) tally.firstTry++;
    tally.failedTries.push(...failedTries.map((failure) => `snapshot ${number + 1}: ${failure}`));
  }
  tally.crashes = service.isAlive ? 0 : 1;
  tally.during = await load.ask<Latency>('read');
  tally.stalls = tally.during.worstMs > STALL_MS && without.worstMs < STALL_MS ? 1 : 0;
  return tally;
}

const inWords = ({ requests, failures, p99Ms, worstMs }: Latency) =>
  `${requests} requests, ${failures} failed, P99 ${p99Ms.toFixed(1)} ms, worst ${worstMs.toFixed(0)} ms`;

/** `node22` is Node 22. Each version takes a quarter of an hour, so they can be run one by one. */
function chosenVersions(only: readonly string[] | undefined): NodeVersion[] {
  const parts = new Map(
    nodeVersions.map((version) => [version.name.toLowerCase().replace(' ', ''), version]),
  );
  return (only ?? [...parts.keys()]).map((part) => {
    const version = parts.get(part);
    if (!version) throw new UnknownPart(part, [...parts.keys()]);
    return version;
  });
}

export const snapshotEndurance: Bench = {
  summary: 'whether hundreds of heap snapshots under load succeed and leave a service whole',
  async run({ runs = RUNS, only, note }) {
    const totals = { snapshots: 0, firstTry: 0, succeeded: 0, crashes: 0, stalls: 0 };
    const figures: Record<string, Figure> = {};
    for (const version of chosenVersions(only)) {
      for (const { name, objects, share } of SIZES) {
        const tally = await endure(version, objects, Math.max(1, Math.round(runs * share)));
        for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += tally[key];
        const { snapshots, firstTry, succeeded, crashes, stalls } = tally;
        note(
          `${version.name}, ${name}: ${snapshots} snapshots, ${firstTry} at the first try, ${succeeded} in all, ` +
            `${crashes} crashes, ${stalls} stalls\n  without: ${inWords(tally.without)}\n  during: ${inWords(tally.during)}`,
        );
        for (const failure of tally.failedTries) note(`  ${failure}`);
        if (share < 1) continue;
        const key = version.name.replace(' ', '');
        figures[`firstTryShare${key}`] = { value: firstTry / snapshots, meaning: `of ${snapshots}, ${name}` };
        figures[`p99Ratio${key}`] = {
          value: tally.during.p99Ms / tally.without.p99Ms,
          meaning: 'of a request, while snapshots are taken to without',
        };
      }
    }
    const { snapshots, firstTry, succeeded, crashes, stalls } = totals;
    figures.firstTryShare = {
      value: firstTry / snapshots,
      target: { atLeast: 0.99 },
      meaning: `of all ${snapshots}`,
    };
    figures.successShare = {
      value: succeeded / snapshots,
      target: { atLeast: 1 },
      meaning: 'after retries',
    };
    figures.crashes = { value: crashes, target: { atMost: 0 }, meaning: 'services that ended' };
    figures.stalls = {
      value: stalls,
      target: { atMost: 0 },
      meaning: 'services of which a request took more than a second, and none had before',
    };
    return { runs: snapshots, figures };
  },
};
