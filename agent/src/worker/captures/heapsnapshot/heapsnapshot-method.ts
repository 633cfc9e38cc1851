import {
  CaptureKind,
  type CollectPerformanceDataRequest,
} from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { CaptureFailure, InvalidRequest } from '../../../errors.ts';
import type { ThreadMemory } from '../../../in-thread/memory.ts';
import { callTool } from '../../inspector/call-tool.ts';
import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import type { ThreadSession } from '../../inspector/thread-session.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import { within } from '../../within.ts';
import type {
  CaptureCapabilityFacts,
  CaptureMethod,
  Record,
  RecordedData,
  Recording,
} from '../capture-method.ts';
import { mainThreadProbe, workerThreadProbe } from '../thread-probe.ts';
import { recordInChild } from './child/record-in-child.ts';
import { SnapshotForker } from './child/snapshot-forker.ts';
import { HeapFloor } from './heap-floor.ts';
import { type HostMemory, readHostMemory } from './host-memory.ts';
import { recordInProcess } from './in-process.ts';
import { findSnapshotAddon, type SnapshotAddon } from './snapshot-addon.ts';
import { SnapshotForecast, type SnapshotForecastFacts } from './snapshot-forecast.ts';

const lookLimitMs = 400;
/** The forecast may be wrong by so much before memory runs short. */
const memoryMargin = 1.2;
const leastBudgetBytes = 256 * 1024 * 1024;
/** The child is one thread, and so is the agent's that reads from it. */
const mostCores = 2.5;
const mainThreadOnly = 'Without the agent’s addon, only the main thread can be written by V8 itself.';
/** How snapshots are taken here. */
type Way =
  | { kind: 'child'; addon: SnapshotAddon; forker: SnapshotForker }
  | { kind: 'in-process'; because: string };

/** Everything on a thread's heap, and who keeps it there. In a child of the process where that is possible. */
export class HeapSnapshotMethod implements CaptureMethod {
  readonly kind = CaptureKind.HEAPSNAPSHOT;
  readonly name = 'heapsnapshot';
  readonly mediaType = 'application/vnd.v8.heapsnapshot+json';
  readonly #threads: ThreadDirectory;
  readonly #pulse: MainThreadPulse;
  readonly #forecast = new SnapshotForecast();
  #knownWay: Way | undefined;
  /** Of the main thread. */
  readonly #heap = new HeapFloor();

  constructor(threads: ThreadDirectory, pulse: MainThreadPulse) {
    this.#threads = threads;
    this.#pulse = pulse;
  }

  findCapability(): CaptureCapabilityFacts {
    const reason = this.#threads.findObstacle();
    if (reason !== undefined) return { available: false, reason };
    const expected = this.#expected;
    const shortage = this.#heap.isFresh ? describeShortage(expected, readHostMemory()) : undefined;
    if (shortage !== undefined) return { available: false, reason: shortage, instead: CaptureKind.HEAP };
    return available(this.#way, expected);
  }

  async look(): Promise<void> {
    try {
      using session = await this.#threads.open('main', new AbortController().signal);
      const memory = await within(lookLimitMs, callTool(session, 'readMemory'));
      if (memory) this.#heap.take(memory);
    } catch {
      // No inspector here: what was known before stays.
    }
  }

  prepare({ options }: CollectPerformanceDataRequest): Record {
    const { keepStrings = false, consentToPause = false } =
      options.case === 'heapsnapshot' ? options.value : {};
    const way = this.#way;
    if (way.kind === 'child') return (recording) => this.#recordInChild(recording, way, keepStrings);
    if (!consentToPause) {
      const sentence = consentSentence(way.because, this.#expected);
      throw new InvalidRequest(`consent_to_pause must be set: ${sentence}`);
    }
    return (recording) => this.#recordInProcess(recording, way, keepStrings);
  }

  async #recordInChild(
    recording: Recording,
    { addon, forker }: Extract<Way, { kind: 'child' }>,
    keepStrings: boolean,
  ): Promise<RecordedData> {
    const { threadId, discarded } = recording;
    using session = await this.#threads.open(threadId, discarded);
    discarded.addEventListener('abort', () => session[Symbol.dispose](), { once: true });
    discarded.throwIfAborted();
    const { memory, expected } = await this.#requireMemory(session, threadId);
    const probe = threadId === 'main' ? mainThreadProbe(this.#pulse) : workerThreadProbe(session);
    const parts = { recording, session, probe, addon, forker, forecast: this.#forecast };
    return await recordInChild({ ...parts, expected, memory, keepStrings });
  }

  async #recordInProcess(
    recording: Recording,
    { because }: Extract<Way, { kind: 'in-process' }>,
    keepStrings: boolean,
  ): Promise<RecordedData> {
    const { threadId, discarded } = recording;
    if (threadId !== 'main') throw new CaptureFailure('recorder-failed', mainThreadOnly);
    using session = this.#threads.openMain();
    discarded.addEventListener('abort', () => session[Symbol.dispose](), { once: true });
    const { expected } = await this.#requireMemory(session, threadId);
    const probe = mainThreadProbe(this.#pulse);
    const expectedBytes = expected.artifactBytes;
    return await recordInProcess({ recording, session, probe, keepStrings, expectedBytes, because });
  }

  /** @throws {CaptureFailure} not-enough-memory */
  async #requireMemory(session: ThreadSession, threadId: string) {
    const reading = await callTool(session, 'readMemory');
    if (threadId === 'main') this.#heap.take(reading);
    const memory = (threadId === 'main' && this.#heap.least) || reading;
    const expected = this.#foretell(memory);
    const shortage = describeShortage(expected, readHostMemory());
    if (shortage !== undefined)
      throw new CaptureFailure('not-enough-memory', `${shortage} Record heap instead.`);
    return { memory, expected };
  }

  /** Found when it is first asked for: a service that nobody looks at does not load the addon. */
  get #way(): Way {
    if (this.#knownWay === undefined) {
      const found = findSnapshotAddon();
      this.#knownWay =
        'missing' in found
          ? { kind: 'in-process', because: found.missing }
          : { kind: 'child', addon: found.addon, forker: new SnapshotForker(found.addon, found.path) };
    }
    return this.#knownWay;
  }

  /** For the main thread; before anybody has looked, as if all memory of the process were its heap. */
  get #expected(): SnapshotForecastFacts {
    return this.#foretell(this.#heap.least ?? allOf(process.memoryUsage.rss()));
  }

  #foretell(memory: ThreadMemory): SnapshotForecastFacts {
    return this.#forecast.foretell(memory, process.memoryUsage.rss());
  }
}

function allOf(bytes: number): ThreadMemory {
  return { usedBytes: bytes, totalBytes: bytes, limitBytes: 0, largeObjectBytes: 0, externalBytes: 0 };
}

function available(way: Way, expected: SnapshotForecastFacts): CaptureCapabilityFacts {
  const { memoryBytes, artifactBytes } = expected;
  const budget = {
    pauseMs: 1_000,
    threadShare: 1,
    cpuCores: mostCores,
    memoryBytes: memoryBytes * 2 + leastBudgetBytes,
  };
  if (way.kind === 'child') {
    const price = {
      startPauseMs: expected.forkPauseMs,
      throughputLoss: 0.05,
      memoryBytes,
      cpuCores: 1,
      artifactBytes,
    };
    return { available: true, price, budget };
  }
  return {
    available: true,
    price: {
      startPauseMs: expected.inProcessPauseMs,
      throughputLoss: 0,
      memoryBytes: memoryBytes + artifactBytes,
      cpuCores: 1,
      artifactBytes,
    },
    budget: { ...budget, pauseMs: 600_000 },
    mainThreadOnlyReason: mainThreadOnly,
    needsConsent: consentSentence(way.because, expected),
  };
}

function consentSentence(because: string, { inProcessPauseMs }: SnapshotForecastFacts): string {
  const seconds = Math.max(1, Math.ceil(inProcessPauseMs / 1000));
  return (
    `The service stands still for about ${seconds} s while V8 writes its heap, and answers nobody, health checks included. ` +
    `It cannot be written by a child of the process because the agent’s addon is missing: ${because}.`
  );
}

/** Why the snapshot must not be tried, or undefined. */
function describeShortage(
  { memoryBytes }: SnapshotForecastFacts,
  { availableBytes, whose }: HostMemory,
): string | undefined {
  const neededBytes = memoryBytes * memoryMargin;
  if (neededBytes <= availableBytes) return undefined;
  return (
    `A snapshot is expected to take ${toMb(memoryBytes)} beside the service, ${toMb(neededBytes)} to be safe, and ` +
    `${whose} has ${toMb(availableBytes)} left.`
  );
}

function toMb(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
