import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import { ForeignLoad, quieterHalf } from '../harness/foreign-load.ts';
import { median } from '../harness/statistics.ts';

const PAIRS = 6;
const WARM_UP_SECONDS = 2;
/** The agent measures once a second, so every window has its share. */
const WINDOW_SECONDS = 1;
/** With and without in turns that cancel a drift of the machine. */
const BLOCK = ['with', 'without', 'without', 'with'] as const;
const BLOCKS = 6;

interface Window {
  cpuMicrosPerRequest: number;
  requestsPerSecond: number;
}

interface Usage {
  cpuMicros: number;
  requests: number;
}

const processOf = (name: string, ...args: string[]) =>
  new BenchChild(new URL(`${name}-process.ts`, import.meta.url), args);

async function measure(load: BenchChild, service: BenchChild, seconds: number): Promise<Window> {
  const port = await service.ask<number>('port');
  const before = await service.ask<Usage>('usage');
  const requestsPerSecond = await load.ask<number>('load', { port, seconds });
  const after = await service.ask<Usage>('usage');
  return {
    requestsPerSecond,
    cpuMicrosPerRequest: (after.cpuMicros - before.cpuMicros) / (after.requests - before.requests),
  };
}

async function untilRegistered(service: BenchChild): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await service.ask<string>('agentState')) === 'registered') return;
    await sleep(100);
  }
  throw new Error(`The agent is ${await service.ask<string>('agentState')} and not registered`);
}

interface Block {
  cpuRatio: number;
  throughputRatio: number;
  foreignCores: number;
}

async function measureBlock(
  load: BenchChild,
  services: Record<(typeof BLOCK)[number], BenchChild>,
  foreign: ForeignLoad,
): Promise<Block> {
  const windows: Record<(typeof BLOCK)[number], Window[]> = { with: [], without: [] };
  const before = foreign.read();
  for (const variant of BLOCK) windows[variant].push(await measure(load, services[variant], WINDOW_SECONDS));
  const ratio = (figure: keyof Window) =>
    median(windows.with.map((window) => window[figure])) /
    median(windows.without.map((window) => window[figure]));
  return {
    cpuRatio: ratio('cpuMicrosPerRequest'),
    throughputRatio: ratio('requestsPerSecond'),
    foreignCores: foreign.coresSince(before),
  };
}

/** One pair of fresh processes; both live for the whole time, so that what differs is the agent alone. */
async function measurePair(): Promise<Block[]> {
  const token = randomBytes(32).toString('hex');
  await using watcher = processOf('watcher', token);
  const registry = await watcher.ask<string>('address');
  await using withAgent = processOf('service', registry, token);
  await using without = processOf('service');
  await using load = processOf('load');
  await untilRegistered(withAgent);
  for (const service of [withAgent, without]) await measure(load, service, WARM_UP_SECONDS);
  const own = [watcher, withAgent, without, load].map(({ pid }) => pid);
  const foreign = new ForeignLoad([process.pid, ...own]);
  const blocks: Block[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    blocks.push(await measureBlock(load, { with: withAgent, without }, foreign));
  }
  if ((await watcher.ask<number>('vitals')) === 0) throw new Error('No vitals flowed');
  return blocks;
}

export const idleAgent: Bench = {
  summary: 'what an idle agent costs a busy HTTP service',
  async run({ runs = PAIRS, note }) {
    const blocks: Block[] = [];
    for (let pair = 1; pair <= runs; pair++) {
      blocks.push(...(await measurePair()));
      const last = blocks.slice(-BLOCKS);
      note(
        `pair ${pair} of ${runs}: CPU ${last.map(({ cpuRatio }) => cpuRatio.toFixed(3)).join(' ')}; ` +
          `others used ${median(last.map(({ foreignCores }) => foreignCores)).toFixed(2)} cores`,
      );
    }
    const quiet = quieterHalf(blocks);
    return {
      runs: quiet.length,
      figures: {
        cpuPerRequestRatio: {
          value: median(quiet.map((block) => block.cpuRatio)),
          target: { atMost: 1.02 },
          meaning: 'processor time per request, with the agent to without',
        },
        throughputRatio: {
          value: median(quiet.map((block) => block.throughputRatio)),
          target: { atLeast: 0.97 },
          meaning: 'requests per second, with the agent to without',
        },
        foreignCores: {
          value: median(quiet.map((block) => block.foreignCores)),
          meaning: 'cores that others used meanwhile; the quieter half of the measurements counts',
        },
      },
    };
  },
};
