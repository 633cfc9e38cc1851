import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CaptureKind } from '#proto/gen/opscenter/v1/capture_pb.ts';
import type { Bench, Figure } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import { nameOfKind } from '../harness/kind-names.ts';
import { poll } from '../harness/poll.ts';
import { median } from '../harness/statistics.ts';

const ROUNDS = 8;
/** Until what runs often has been compiled. */
const WARM_UP_SECONDS = 6;
/** What the start and the end of a recorder cost is told elsewhere, and does not belong here. */
const SETTLE_SECONDS = 0.4;
const WINDOW_SECONDS = 1.5;

/** Kinds that look once have no rate: a heap snapshot has a bench of its own, and what is pending is read at once. */
const LOOKS_ONCE: readonly CaptureKind[] = [CaptureKind.HEAPSNAPSHOT, CaptureKind.ACTIVITY];

/** The part of its throughput that a service keeps at least while the kind is recorded. */
const TARGETS: Readonly<Record<string, number>> = { off: 0.97, cpu: 0.95, heap: 0.97, wait: 0.88 };

interface Usage {
  threadMicros: number;
  processMicros: number;
  answers: number;
}

interface Window {
  answersPerThreadSecond: number;
  answersPerProcessorSecond: number;
  answersPerSecond: number;
}

interface Ratios {
  thread: number[];
  processor: number[];
  rate: number[];
}

const processOf = (name: string, ...args: string[]) =>
  new BenchChild(new URL(`${name}-process.ts`, import.meta.url), args);

/** A service that is kept as busy as it can be, its agent, and what stands in for the server. */
class LoadedService {
  readonly #service: BenchChild;
  readonly #load: BenchChild;
  readonly #console: BenchChild;
  readonly #port: number;

  constructor(service: BenchChild, load: BenchChild, console: BenchChild, port: number) {
    this.#service = service;
    this.#load = load;
    this.#console = console;
    this.#port = port;
  }

  async measure(seconds = WINDOW_SECONDS): Promise<Window> {
    const before = await this.#service.ask<Usage>('usage');
    const beganAt = performance.now();
    await this.#load.ask('load', { port: this.#port, seconds });
    const after = await this.#service.ask<Usage>('usage');
    const answers = after.answers - before.answers;
    return {
      answersPerThreadSecond: (answers * 1e6) / (after.threadMicros - before.threadMicros),
      answersPerProcessorSecond: (answers * 1e6) / (after.processMicros - before.processMicros),
      answersPerSecond: (answers * 1e3) / (performance.now() - beganAt),
    };
  }

  /** A capture of the kind runs meanwhile, from before the window until after it. */
  async measureDuring(kind: CaptureKind): Promise<Window> {
    await this.#console.ask('start', kind);
    try {
      await this.settle();
      return await this.measure();
    } finally {
      await this.#console.ask('end');
    }
  }

  /** Under load, as everything is measured. */
  async settle(): Promise<void> {
    await this.#load.ask('load', { port: this.#port, seconds: SETTLE_SECONDS });
  }

  async startAgent(): Promise<void> {
    await this.#service.ask('startAgent');
    await poll(
      async () => ((await this.#service.ask('agentState')) === 'registered' ? true : undefined),
      'the registration of the agent',
    );
    await sleep(1_000);
  }

  /** What a capture of locks is to follow; that costs by itself, so it is in no measurement of the agent alone. */
  async trackLock(): Promise<void> {
    await this.#service.ask('trackLock');
    await this.settle();
  }

  async untrackLock(): Promise<void> {
    await this.#service.ask('untrackLock');
    await this.settle();
  }

  async stopAgent(): Promise<void> {
    await this.#service.ask('stopAgent');
  }

  async findKinds(): Promise<CaptureKind[]> {
    // The first question has the agent look at what there is, the second one is answered by it.
    await this.#console.ask('kinds');
    await sleep(SETTLE_SECONDS * 1_000);
    const kinds = await this.#console.ask<CaptureKind[]>('kinds');
    return kinds.filter((kind) => !LOOKS_ONCE.includes(kind));
  }
}

/** One after the other, each between two windows in which nothing is recorded. */
async function measureRound(
  service: LoadedService,
  kinds: readonly CaptureKind[],
  ratios: Map<string, Ratios>,
) {
  await service.settle();
  const without = await service.measure();
  await service.startAgent();
  await service.settle();
  let before = await service.measure();
  note(ratios, 'off', before, [without]);
  await service.trackLock();
  before = await service.measure();
  for (const kind of kinds) {
    const during = await service.measureDuring(kind);
    await service.settle();
    const after = await service.measure();
    note(ratios, nameOfKind(kind), during, [before, after]);
    before = after;
  }
  await service.untrackLock();
  before = await service.measure();
  await service.stopAgent();
  await service.settle();
  note(ratios, 'off', before, [await service.measure()]);
}

function note(ratios: Map<string, Ratios>, name: string, ours: Window, theirs: readonly Window[]): void {
  const ratio = (figure: keyof Window) => {
    return ours[figure] / (theirs.reduce((sum, window) => sum + window[figure], 0) / theirs.length);
  };
  const noted = ratios.get(name) ?? { thread: [], processor: [], rate: [] };
  noted.thread.push(ratio('answersPerThreadSecond'));
  noted.processor.push(ratio('answersPerProcessorSecond'));
  noted.rate.push(ratio('answersPerSecond'));
  ratios.set(name, noted);
}

function toFigures(ratios: ReadonlyMap<string, Ratios>): Record<string, Figure> {
  const figures: Record<string, Figure> = {};
  for (const [name, { thread, processor, rate }] of ratios) {
    const what = name === 'off' ? 'an agent that is watched to none' : `${name} recorded to not`;
    const target = TARGETS[name];
    figures[`${name}ThroughputRatio`] = {
      value: median(thread),
      ...(target === undefined ? {} : { target: { atLeast: target } }),
      meaning: `answers per second of the main thread's own time, ${what}`,
    };
    figures[`${name}ProcessorRatio`] = {
      value: median(processor),
      meaning: `answers per processor second of the whole process, ${what}`,
    };
    figures[`${name}RateRatio`] = {
      value: median(rate),
      meaning: `answers per second on this machine, ${what}`,
    };
  }
  return figures;
}

export const captureOverhead: Bench = {
  summary: 'what each kind of capture costs a busy HTTP and WebSocket service',
  async run({ runs = ROUNDS, note: tell }) {
    const token = randomBytes(32).toString('hex');
    await using console = processOf('console', token);
    await using process = processOf('service', await console.ask<string>('address'), token);
    await using load = processOf('load');
    const service = new LoadedService(process, load, console, await process.ask<number>('port'));
    await service.measure(WARM_UP_SECONDS);
    await service.startAgent();
    await service.trackLock();
    const kinds = await service.findKinds();
    // The first recording of each kind compiles what the agent does for it.
    for (const kind of kinds) await service.measureDuring(kind);
    await service.untrackLock();
    await service.stopAgent();
    const ratios = new Map<string, Ratios>();
    for (let round = 1; round <= runs; round++) {
      await measureRound(service, kinds, ratios);
      const line = [...ratios].map(([name, { thread }]) => `${name} ${thread.at(-1)?.toFixed(3)}`).join('  ');
      tell(`round ${round} of ${runs}: ${line}`);
    }
    if ((await console.ask<number>('vitals')) === 0) throw new Error('No vitals flowed');
    return { runs, figures: toFigures(ratios) };
  },
};
