import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import { poll } from '../harness/poll.ts';
import { median, percentile } from '../harness/statistics.ts';

const PROCESSES = 4;
const BLOCKS = 6;
/** With and without in turns that cancel a drift of the machine. */
const BLOCK = ['with', 'without', 'without', 'with'] as const;
/** Until what runs often has been compiled. */
const WARM_UP_SECONDS = 6;
/** An agent that has just started is not idle yet. */
const SETTLE_SECONDS = 1;
/** The agent measures once a second, so every window has its share. */
const WINDOW_SECONDS = 2;

type Variant = (typeof BLOCK)[number];

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

/** One service process under load. Its agent comes and goes: what differs between two windows is the agent alone. */
class LoadedService {
  readonly #load: BenchChild;
  readonly #service: BenchChild;
  readonly #port: number;
  #variant: Variant = 'without';

  constructor(load: BenchChild, service: BenchChild, port: number) {
    this.#load = load;
    this.#service = service;
    this.#port = port;
  }

  async measure(seconds: number): Promise<Window> {
    const before = await this.#service.ask<Usage>('usage');
    const requestsPerSecond = await this.#load.ask<number>('load', { port: this.#port, seconds });
    const after = await this.#service.ask<Usage>('usage');
    return {
      requestsPerSecond,
      cpuMicrosPerRequest: (after.cpuMicros - before.cpuMicros) / (after.requests - before.requests),
    };
  }

  async become(variant: Variant): Promise<void> {
    if (variant === this.#variant) return;
    this.#variant = variant;
    if (variant === 'without') {
      await this.#service.ask('stopAgent');
    } else {
      await this.#service.ask('startAgent');
      await poll(
        async () => ((await this.#service.ask('agentState')) === 'registered' ? true : undefined),
        'the registration of the agent',
      );
    }
    await sleep(SETTLE_SECONDS * 1000);
  }
}

interface Ratios {
  cpu: number;
  throughput: number;
}

async function measureBlock(service: LoadedService): Promise<Ratios> {
  const windows: Record<Variant, Window[]> = { with: [], without: [] };
  for (const variant of BLOCK) {
    await service.become(variant);
    windows[variant].push(await service.measure(WINDOW_SECONDS));
  }
  const ratio = (figure: keyof Window) =>
    median(windows.with.map((window) => window[figure])) /
    median(windows.without.map((window) => window[figure]));
  return { cpu: ratio('cpuMicrosPerRequest'), throughput: ratio('requestsPerSecond') };
}

async function measureProcess(): Promise<Ratios[]> {
  const token = randomBytes(32).toString('hex');
  await using watcher = processOf('watcher', token);
  const registry = await watcher.ask<string>('address');
  await using process = processOf('service', registry, token);
  await using load = processOf('load');
  const service = new LoadedService(load, process, await process.ask<number>('port'));
  await service.measure(WARM_UP_SECONDS);
  const blocks: Ratios[] = [];
  for (let block = 0; block < BLOCKS; block++) blocks.push(await measureBlock(service));
  if ((await watcher.ask<number>('vitals')) === 0) throw new Error('No vitals flowed');
  return blocks;
}

export const idleAgent: Bench = {
  summary: 'what an idle agent costs a busy HTTP service',
  async run({ runs = PROCESSES, note }) {
    const blocks: Ratios[] = [];
    for (let round = 1; round <= runs; round++) {
      const measured = await measureProcess();
      blocks.push(...measured);
      note(`process ${round} of ${runs}: CPU ${measured.map(({ cpu }) => cpu.toFixed(3)).join(' ')}`);
    }
    const cpu = blocks.map((block) => block.cpu);
    return {
      runs: blocks.length,
      figures: {
        cpuPerRequestRatio: {
          value: median(cpu),
          target: { atMost: 1.02 },
          meaning: 'processor time per request, with the agent to without',
        },
        throughputRatio: {
          value: median(blocks.map(({ throughput }) => throughput)),
          target: { atLeast: 0.97 },
          meaning: 'requests per second, with the agent to without',
        },
        cpuRatioSpread: {
          value: percentile(cpu, 0.75) - percentile(cpu, 0.25),
          meaning: 'between the quarters of the single ratios: how noisy this machine was',
        },
      },
    };
  },
};
