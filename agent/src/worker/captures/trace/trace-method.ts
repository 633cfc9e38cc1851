import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import {
  CaptureKind,
  type CollectPerformanceDataRequest,
} from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { CaptureFailure, InvalidRequest } from '../../../errors.ts';
import type { MainThreadSession } from '../../inspector/main-thread-inspector.ts';
import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import { within } from '../../within.ts';
import type {
  CaptureCapabilityFacts,
  CaptureMethod,
  Record,
  RecordedData,
  Recording,
} from '../capture-method.ts';
import { startRecorder, tellBegan } from '../start-recorder.ts';
import { mainThreadProbe } from '../thread-probe.ts';
import { parseCategories } from './categories.ts';
import { lookEveryMs, SleepWatch } from './sleep-watch.ts';
import { ThreadNotes } from './thread-notes.ts';
import { type TraceEvent, TraceEvents } from './trace-events.ts';
import { toTracePieces } from './trace-file.ts';

const mib = 1024 * 1024;
/** They are held in memory until the recording ends; V8 hands them over some 65,000 at a time. */
const mostBytes = 64 * mib;
const readEveryMs = 1_000;
const mostThreads = 32;
/** Threads that are in a native call tell nothing for as long. */
const threadLimitMs = 1_000;
/** Writing what is left takes the tracing thread long when there is much of it. */
const stopLimitMs = 20_000;
const pauseLimitMs = 2_000;

/** When what happens in the process: V8's and Node's trace events with what each thread notes of its event loop. */
export class TraceMethod implements CaptureMethod {
  readonly kind = CaptureKind.TRACE;
  readonly name = 'trace';
  readonly mediaType = 'application/vnd.chrome.trace+json';
  readonly #threads: ThreadDirectory;
  readonly #pulse: MainThreadPulse;
  readonly #service: string;

  constructor(threads: ThreadDirectory, pulse: MainThreadPulse, service: string) {
    this.#threads = threads;
    this.#pulse = pulse;
    this.#service = service;
  }

  findCapability(): CaptureCapabilityFacts {
    const reason = this.#threads.findObstacle();
    if (reason !== undefined) return { available: false, reason };
    return {
      available: true,
      price: {
        startPauseMs: 10,
        throughputLoss: 0.05,
        memoryBytes: 32 * mib,
        cpuCores: 0.05,
        artifactBytes: 0,
      },
      budget: { pauseMs: 1_000, threadShare: 0.2, cpuCores: 0.5, memoryBytes: 256 * mib },
      mainThreadOnlyReason: 'A trace covers all threads of the process at once.',
      remarks: [
        'Its end stops the main thread while V8 hands over what is left, some milliseconds for each thousand events.',
      ],
    };
  }

  prepare(request: CollectPerformanceDataRequest): Record {
    if (request.threadId !== '' && request.threadId !== 'main') {
      throw new InvalidRequest('A trace covers all threads of the process at once; thread_id must be empty.');
    }
    const given = request.options.case === 'trace' ? request.options.value.categories : [];
    const categories = parseCategories(given);
    return (recording) => this.#record(recording, categories);
  }

  async #record(recording: Recording, categories: string[]): Promise<RecordedData> {
    const { discarded } = recording;
    using session = this.#threads.openMain();
    discarded.addEventListener('abort', () => session[Symbol.dispose](), { once: true });
    discarded.throwIfAborted();
    const events = new TraceEvents(findOwnTid());
    takeEvents(session, events, recording);
    using threads = new TracedThreads(this.#threads, discarded);
    const probe = mainThreadProbe(this.#pulse);
    const start = await startRecorder(probe, () =>
      session.post('NodeTracing.start', { traceConfig: { includedCategories: categories } }),
    );
    const startedMs = performance.now();
    const opened = threads.open();
    await tellBegan(recording, start, Number.POSITIVE_INFINITY);
    const recordedMs = performance.now() - startedMs;
    await within(threadLimitMs, opened);
    await threads.finish();
    const isSilent = !(await probe.answersWithin(50));
    const stopped = stop(session);
    const pause = isSilent ? undefined : probe.pauseOf(stopped);
    await stopped;
    recording.ended(pause && (await within(pauseLimitMs, pause)));
    const notes = threads.list();
    return {
      recordedMs,
      pieces: toTracePieces({
        service: this.#service,
        events,
        threads: notes,
        categories,
      }),
      remarks: remarksOn(categories, notes, threads.unreached),
    };
  }
}

/** The threads of the service that note what they wait for, while a trace is recorded. */
class TracedThreads implements Disposable {
  readonly #directory: ThreadDirectory;
  readonly #discarded: AbortSignal;
  readonly #notes: ThreadNotes[] = [];
  readonly #watch = new SleepWatch();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  /** Threads that did not come to note anything. */
  unreached = 0;

  constructor(directory: ThreadDirectory, discarded: AbortSignal) {
    this.#directory = directory;
    this.#discarded = discarded;
  }

  /** The main thread first. */
  list(): ThreadNotes[] {
    return this.#notes.filter(({ window }) => window !== undefined);
  }

  async open(): Promise<void> {
    this.#timer = setInterval(() => void this.#readAll(), readEveryMs);
    const facts = await this.#directory.list();
    this.unreached = Math.max(0, facts.length - mostThreads);
    for (const fact of facts.slice(0, mostThreads)) {
      try {
        const session = await this.#directory.open(fact.id, this.#discarded);
        const notes = new ThreadNotes(fact, session, this.#watch);
        this.#notes.push(notes);
        if (this.#isOver) notes[Symbol.dispose]();
        else await within(threadLimitMs, notes.start());
      } catch {
        // It has ended meanwhile, or its inspector cannot be reached.
        this.unreached += 1;
      }
    }
  }

  async finish(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#notes.map((notes) => notes.finish(threadLimitMs)));
  }

  async #readAll(): Promise<void> {
    await Promise.all(this.#notes.map((notes) => notes.read()));
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearInterval(this.#timer);
    this.#watch[Symbol.dispose]();
    for (const notes of this.#notes) notes[Symbol.dispose]();
  }
}

function takeEvents(session: MainThreadSession, events: TraceEvents, recording: Recording): void {
  session.onNotification(({ method, params }) => {
    if (method !== 'NodeTracing.dataCollected' || events.sizeBytes >= mostBytes) return;
    events.add((params as { value: TraceEvent[] }).value);
    if (events.sizeBytes < mostBytes) return;
    recording.end(
      'limit',
      `The trace has ${events.count} events of ${Math.round(events.sizeBytes / mib)} MiB, and no more are held; choose fewer categories, or record for a shorter time.`,
    );
  });
}

/**
 * The events that are left come on another way than the answer, and may be overtaken by it: a second question is
 * answered after them.
 *
 * @throws {CaptureFailure} when they do not come
 */
async function stop(session: MainThreadSession): Promise<void> {
  const stopped = session.post('NodeTracing.stop').then(() => session.post('NodeTracing.getCategories'));
  if ((await within(stopLimitMs, stopped)) !== undefined) return;
  throw new CaptureFailure(
    'recorder-failed',
    `V8 has not handed over the trace within ${stopLimitMs / 1000} s: the main thread is in a native call, or the machine is too busy.`,
  );
}

function remarksOn(
  categories: readonly string[],
  threads: readonly ThreadNotes[],
  unreached: number,
): string[] {
  const count = threads.length === 1 ? 'one thread' : `${threads.length} threads`;
  const lines = [`Categories: ${categories.join(', ')}. The event loop of ${count} was followed.`];
  const watched = threads.filter(({ sleeps }) => sleeps !== undefined).length;
  lines.push(
    watched === 0
      ? 'Whether threads were blocked cannot be told here; it counts as executing.'
      : `Whether ${watched === threads.length ? 'they were' : `${watched} of them were`} blocked was looked at every ${lookEveryMs} ms.`,
  );
  if (unreached > 0) lines.push(`${unreached} threads of the service could not be followed.`);
  const lost = threads.reduce((sum, thread) => sum + thread.lost.waitedMicros + thread.lost.calls, 0);
  if (lost > 0) lines.push('Some waits or calls came too fast and are left out.');
  return lines;
}

/** Linux alone tells. */
function findOwnTid(): number | undefined {
  try {
    return Number(basename(readlinkSync('/proc/thread-self')));
  } catch {
    return undefined;
  }
}
