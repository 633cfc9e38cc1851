import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';
import { TimedThread } from './timed-thread.ts';
import { NOT_SEEN, type TraceEvent } from './trace-event.ts';

const MOST_THREADS = 10_000;
/** Each takes some twenty bytes, and again that much while its thread is put in order. */
const MOST_EVENTS = 32_000_000;

/** All threads of a file in which something took time. */
export class TimedThreads {
  readonly #ids = new TupleTable(2);
  readonly #threads: TimedThread[] = [];
  readonly #limits: ProfileLimits;
  readonly #functionOf: (name: number) => number;
  #events = 0;

  /** @param functionOf the function that stands for events of a name */
  constructor(limits: ProfileLimits, functionOf: (name: number) => number) {
    this.#limits = limits;
    this.#functionOf = functionOf;
  }

  get all(): readonly TimedThread[] {
    return this.#threads;
  }

  /** What was kept is not needed once samples were found. */
  clear(): void {
    this.#threads.length = 0;
  }

  begin(event: TraceEvent, path: () => string): void {
    this.#of(event).begin(timeOf(event, path), this.#function(event, path));
  }

  end(event: TraceEvent, path: () => string): void {
    this.#of(event).end(timeOf(event, path));
  }

  complete(event: TraceEvent, path: () => string): void {
    const { durationMicros } = event;
    if (durationMicros < 0) throw new ProfileShapeError(`${path()}.dur`, 'is negative');
    const took = Number.isNaN(durationMicros) ? 0 : durationMicros;
    this.#of(event).complete(timeOf(event, path), took, this.#function(event, path));
  }

  #function({ name }: TraceEvent, path: () => string): number {
    if (name === NOT_SEEN) throw new ProfileShapeError(`${path()}.name`, 'is missing');
    return this.#functionOf(name);
  }

  #of({ processId, threadId }: TraceEvent): TimedThread {
    const most = Math.min(MOST_EVENTS, this.#limits.maxSamples);
    if (this.#events++ >= most) throw new ProfileLimitError('events', most);
    const index = this.#ids.intern(processId, threadId);
    const known = this.#threads[index];
    if (known !== undefined) return known;
    if (index >= MOST_THREADS) throw new ProfileLimitError('threads', MOST_THREADS);
    const thread = new TimedThread(processId, threadId);
    this.#threads[index] = thread;
    return thread;
  }
}

function timeOf({ startMicros }: TraceEvent, path: () => string): number {
  if (Number.isNaN(startMicros)) throw new ProfileShapeError(`${path()}.ts`, 'is missing');
  return startMicros;
}
