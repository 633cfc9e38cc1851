import { setTimeout as sleep } from 'node:timers/promises';
import { nodeVersions } from '../../agent/testing/node-versions.ts';
import { CaptureKind, RecordingPhase } from '../../proto/gen/opscenter/v1/capture_pb.ts';
import type { Bench, Figure } from '../harness/bench.ts';
import { drainCapture } from '../harness/drain-capture.ts';
import { HeapService } from '../harness/heap-service.ts';
import { median } from '../harness/statistics.ts';

/** Some 400 MB. */
const OBJECTS = 10_000_000;
const RUNS = 5;
/** After the fork, so that what it costs the service to have its memory shared counts too. */
const AFTERMATH_MS = 500;
const MOST_PAUSE_MS = 50;
const MOST_RATIO = 0.0033;

interface Measured {
  /** What this machine does to a service that is left alone, in as much time. */
  idleMs: number;
  pausesMs: number[];
  inProcessMs: number;
  nodes: number;
}

/** The longest pause around the fork of one snapshot, whose child is then thrown away. */
async function measurePause(service: HeapService, captureId: string): Promise<number> {
  await service.readPause();
  const stream = service.client.openCollect({ captureId, kind: CaptureKind.HEAPSNAPSHOT });
  await new Promise<void>((resolve, reject) => {
    stream.on('data', ({ event }) => {
      if (event.case === 'failed') reject(new Error(event.value.message));
      if (event.case === 'progress' && event.value.phase === RecordingPhase.WRITING) resolve();
    });
    stream.on('error', reject);
  });
  await sleep(AFTERMATH_MS);
  const { longestMs } = await service.readPause();
  await service.client.stop(captureId, true);
  // The child takes some time to give its memory back, and the next one is to have the machine for itself.
  await sleep(AFTERMATH_MS);
  return longestMs;
}

async function measureIdle(service: HeapService): Promise<number> {
  await service.readPause();
  await sleep(AFTERMATH_MS * 2);
  return (await service.readPause()).longestMs;
}

/** One whole snapshot, so that what is measured is known to end in one. */
async function countNodes(service: HeapService): Promise<number> {
  const { failed, head } = await drainCapture(service.client, 'whole', CaptureKind.HEAPSNAPSHOT);
  if (failed) throw new Error(failed.message);
  return Number(/"node_count":(\d+)/.exec(head)?.[1]);
}

async function measureInProcess(service: HeapService): Promise<number> {
  await service.readPause();
  await service.writeSnapshot();
  return (await service.readPause()).longestMs;
}

async function measure(node: string, runs: number): Promise<Measured> {
  await using service = await HeapService.start({ node, objects: OBJECTS });
  const pausesMs: number[] = [];
  const idlesMs: number[] = [];
  for (let run = 0; run < runs; run++) {
    idlesMs.push(await measureIdle(service));
    pausesMs.push(await measurePause(service, `pause-${run}`));
  }
  const nodes = await countNodes(service);
  return { idleMs: median(idlesMs), pausesMs, nodes, inProcessMs: await measureInProcess(service) };
}

export const snapshotPause: Bench = {
  summary: 'how long a heap snapshot of 10 million objects stops a service, on each Node version',
  async run({ runs = RUNS, note }) {
    const figures: Record<string, Figure> = {};
    const pauses: number[] = [];
    const idles: number[] = [];
    const ratios: number[] = [];
    for (const { name, path } of nodeVersions) {
      const { idleMs, pausesMs, inProcessMs, nodes } = await measure(path, runs);
      const pauseMs = median(pausesMs);
      pauses.push(pauseMs);
      idles.push(idleMs);
      ratios.push(pauseMs / inProcessMs);
      const version = name.replace(' ', '');
      figures[`pauseMs${version}`] = {
        value: pauseMs,
        meaning: `median pause of the main thread on ${name}`,
      };
      figures[`ratioToInProcess${version}`] = {
        value: pauseMs / inProcessMs,
        meaning: `the same, to the pause of v8.writeHeapSnapshot (${Math.round(inProcessMs)} ms)`,
      };
      const all = pausesMs.map((value) => value.toFixed(1)).join(' ');
      note(`${name}: ${all} ms, in process ${Math.round(inProcessMs)} ms, ${nodes} nodes`);
    }
    figures.idlePauseMs = {
      value: Math.max(...idles),
      meaning: 'the same without a snapshot: how noisy this machine was',
    };
    figures.pauseMs = {
      value: Math.max(...pauses),
      target: { atMost: MOST_PAUSE_MS },
      meaning: 'the longest of the medians',
    };
    figures.ratioToInProcess = {
      value: Math.max(...ratios),
      target: { atMost: MOST_RATIO },
      meaning: 'the largest of the ratios',
    };
    return { runs, figures };
  },
};
