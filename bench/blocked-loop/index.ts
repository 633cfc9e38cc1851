import { existsSync } from 'node:fs';
import { CaptureKind } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { nodeVersions } from '../../agent/testing/node-versions.ts';
import type { Bench, Figure } from '../harness/bench.ts';
import { median } from '../harness/statistics.ts';
import { BlockedService } from './blocked-service.ts';

const RUNS = 5;
const WAYS = ['loop', 'regex', 'sort', 'wait'] as const;
/** The other kinds that a stuck thread can be asked for, once each. */
const OTHERS = [
  CaptureKind.HEAP,
  CaptureKind.ALLOCATION,
  CaptureKind.WAIT,
  CaptureKind.LOCK,
  CaptureKind.TRACE,
];
const MOST_MS = 150;

/** How long it takes until a CPU profile of a stuck thread is recorded, case by case. */
async function measureCase(
  node: string,
  way: string,
  runs: number,
): Promise<{ cpu: number[]; others: number[] }> {
  await using service = await BlockedService.start(node, way);
  // The first capture loads and compiles what the agent does for it.
  await service.timeStart(CaptureKind.CPU);
  const cpu: number[] = [];
  const others: number[] = [];
  for (let run = 0; run < runs; run++) cpu.push(await service.timeStart(CaptureKind.CPU));
  for (const kind of OTHERS) others.push(await service.timeStart(kind));
  return { cpu, others };
}

export const blockedLoop: Bench = {
  summary: 'how soon a stuck service is recorded, on each Node version',
  async run({ runs = RUNS, note }) {
    const figures: Record<string, Figure> = {};
    const medians: number[] = [];
    const single: number[] = [];
    const others: number[] = [];
    for (const { name, path } of nodeVersions) {
      if (!existsSync(path)) {
        note(`${name} is not installed: node agent/nodes/install.mjs`);
        continue;
      }
      for (const way of WAYS) {
        const measured = await measureCase(path, way, runs);
        const startMs = median(measured.cpu);
        medians.push(startMs);
        single.push(...measured.cpu);
        others.push(...measured.others);
        const key = `${name.replace(' ', '').toLowerCase()}${way[0]?.toUpperCase()}${way.slice(1)}StartMs`;
        figures[key] = { value: startMs, meaning: `${name}, main thread in ${way}: request to recording` };
        note(`${name} ${way}: ${measured.cpu.map((ms) => ms.toFixed(0)).join(' ')} ms`);
      }
    }
    return {
      runs,
      figures: {
        worstStartMs: {
          value: Math.max(...medians),
          target: { atMost: MOST_MS },
          meaning: 'the slowest of all cases, from the request to the recording of a CPU profile',
        },
        worstSingleStartMs: {
          value: Math.max(...single),
          meaning: 'the slowest single start of a CPU profile',
        },
        worstOtherStartMs: {
          value: Math.max(...others),
          meaning: 'the slowest single start of a heap, allocation, wait, lock or trace capture',
        },
        ...figures,
      },
    };
  },
};
