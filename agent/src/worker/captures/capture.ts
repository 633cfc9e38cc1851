import { type AgentErrorCode, CaptureFailure, TooManyReaders } from '../../errors.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { SessionClosed } from '../inspector/thread-session.ts';
import type { CaptureMethod, Record, RecordingStart } from './capture-method.ts';
import {
  type CaptureCostFacts,
  type CaptureEvent,
  type CaptureState,
  type EndedBy,
  isRunning,
  nextCaptureState,
} from './capture-state.ts';
import type { OverheadWatch } from './overhead/overhead-watch.ts';

const mostFollowers = 4;

export interface CaptureOrder {
  id: string;
  method: CaptureMethod;
  threadId: string;
  durationMs: number;
  leaseMs: number;
  record: Record;
  overhead: OverheadWatch;
}

/**
 * One capture: what it does, how it got on and what it left. It ends by its duration, a stop, a limit or budget, or its lease;
 * losing the stream that follows it ends nothing.
 */
export class Capture {
  readonly id: string;
  readonly method: CaptureMethod;
  readonly threadId: string;
  readonly requestedAtMs = Date.now();
  readonly #store: ArtifactStore;
  readonly #durationMs: number;
  readonly #listeners = new Set<() => void>();
  readonly #discarded = new AbortController();
  readonly #overhead: OverheadWatch;
  #leaseMs: number;
  #leaseTimer: NodeJS.Timeout | undefined;
  #followers = 0;
  #state: CaptureState = { state: 'waiting' };
  #threadUnresponsive = false;
  #startPauseMs: number | undefined;
  #stopPauseMs: number | undefined;
  #written = { bytes: 0, expectedBytes: 0 };
  #end: ((endedBy: EndedBy, reason: string) => void) | undefined;

  /** Called when the lease has run out and the capture is to be forgotten. */
  leaseExpired: () => void = () => {};

  constructor(order: CaptureOrder, store: ArtifactStore) {
    this.id = order.id;
    this.method = order.method;
    this.threadId = order.threadId;
    this.#durationMs = order.durationMs;
    this.#leaseMs = order.leaseMs;
    this.#store = store;
    this.#overhead = order.overhead;
    this.#overhead.exceeded = (reason) => this.#exceed(reason);
    this.#overhead.threadEnded = () => this.#end?.('thread-ended', threadEndedReason(this.threadId));
    this.renewLease();
    void this.#run(order.record);
  }

  get state(): CaptureState {
    return this.#state;
  }

  get threadUnresponsive(): boolean {
    return this.#threadUnresponsive;
  }

  get cost(): CaptureCostFacts {
    return { startPauseMs: this.#startPauseMs, stopPauseMs: this.#stopPauseMs, ...this.#overhead.facts };
  }

  /** The agent's thread works for it: it is recorded or read. */
  get isAtWork(): boolean {
    return isRunning(this.#state) || (this.#state.state === 'held' && this.#followers > 0);
  }

  /** How much of the artifact is written, and how much it will be; 0 when that is not known. */
  get written(): { bytes: number; expectedBytes: number } {
    return this.#written;
  }

  get elapsedMs(): number {
    const state = this.#state;
    if (state.state === 'recording') return performance.now() - state.sinceMs;
    if (state.state === 'writing') return state.elapsedMs;
    return state.state === 'held' ? state.recordedMs : 0;
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** Each call that names the capture renews its lease; one that stays open holds it. */
  renewLease(leaseMs = this.#leaseMs): void {
    this.#leaseMs = leaseMs;
    clearTimeout(this.#leaseTimer);
    if (this.#followers > 0) return;
    this.#leaseTimer = setTimeout(() => this.leaseExpired(), leaseMs);
  }

  /**
   * @throws {TooManyReaders} each reader of an artifact takes memory
   */
  hold(): Disposable {
    if (this.#followers >= mostFollowers) throw new TooManyReaders(this.id, mostFollowers);
    this.#followers += 1;
    clearTimeout(this.#leaseTimer);
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        this.#followers -= 1;
        this.renewLease();
      },
    };
  }

  /** Ends the recording and keeps what there is. */
  stop(): void {
    if (this.#state.state === 'waiting') {
      this.discard('nothing-recorded', 'The capture was stopped before the thread had answered.');
    } else {
      this.#end?.('stopped', '');
    }
  }

  /** Throws away what there is, the artifact too. */
  discard(code: AgentErrorCode, message: string): void {
    const artifact = this.#state.state === 'held' ? this.#state.artifact : undefined;
    this.#become({ type: 'failed', code, message });
    this.#discarded.abort();
    this.#overhead.close();
    if (artifact) void this.#store.remove(artifact);
  }

  /** Nothing of it runs on, no timer is left. The artifact stays. */
  close(): void {
    clearTimeout(this.#leaseTimer);
    this.#listeners.clear();
  }

  async #run(record: Record): Promise<void> {
    let artifact: Artifact | undefined;
    try {
      const data = await record({
        threadId: this.threadId,
        discarded: this.#discarded.signal,
        began: (start) => this.#began(start),
        noteUnresponsive: (unresponsive) => this.#noteUnresponsive(unresponsive),
        end: (endedBy, reason) => this.#end?.(endedBy, reason),
        ended: (stopPauseMs) => {
          this.#stopPauseMs = stopPauseMs;
        },
        spent: (cost) => this.#overhead.spent(cost),
        wrote: (bytes, expectedBytes) => {
          this.#written = { bytes, expectedBytes };
        },
      });
      artifact = await ('file' in data
        ? this.#store.adopt(data.file, this.#discarded.signal)
        : this.#store.write(data.pieces, this.#discarded.signal));
      this.#overhead.close();
      const { recordedMs, remarks = [], redacted } = data;
      if (!this.#become({ type: 'written', artifact, recordedMs, remarks, redacted })) {
        await this.#store.remove(artifact);
      }
    } catch (error) {
      // What the recorder still has, pieces that nobody will read for instance, is not wanted any more.
      this.#discarded.abort();
      this.#overhead.close();
      const failure = toFailure(error, this.threadId);
      this.#become({ type: 'failed', code: failure.code, message: failure.message });
    }
  }

  #began(start: RecordingStart): Promise<void> {
    this.#startPauseMs = start.startPauseMs;
    this.#threadUnresponsive = start.threadUnresponsive;
    this.#overhead.wasUnresponsive ||= start.threadUnresponsive;
    this.#overhead.begin();
    if (start.isComplete) {
      this.#become({ type: 'began', atMs: performance.now() });
      this.#become({ type: 'ending', atMs: performance.now(), endedBy: 'complete', endedReason: '' });
      return Promise.resolve();
    }
    if (this.#discarded.signal.aborted) return Promise.resolve();
    const { mostDurationMs } = start;
    return new Promise((resolve) => {
      const end = (endedBy: EndedBy, endedReason: string) => {
        clearTimeout(timer);
        this.#end = undefined;
        this.#overhead.end();
        this.#become({ type: 'ending', atMs: performance.now(), endedBy, endedReason });
        resolve();
      };
      const timer =
        mostDurationMs < this.#durationMs
          ? setTimeout(end, mostDurationMs, 'limit', limitReason(mostDurationMs))
          : setTimeout(end, this.#durationMs, 'duration', '');
      this.#end = end;
      this.#discarded.signal.addEventListener('abort', () => end('stopped', ''), { once: true });
      this.#become({ type: 'began', atMs: performance.now() });
    });
  }

  #noteUnresponsive(unresponsive: boolean): void {
    const isNews = unresponsive !== this.#threadUnresponsive;
    this.#threadUnresponsive = unresponsive;
    this.#overhead.wasUnresponsive = unresponsive;
    if (isNews) this.#tell();
  }

  /** It costs more than it may. What takes no time has nothing to keep before it is complete. */
  #exceed(reason: string): void {
    if (this.#end) this.#end('budget', reason);
    else if (isRunning(this.#state)) this.discard('over-budget', reason);
  }

  #become(event: CaptureEvent): boolean {
    const next = nextCaptureState(this.#state, event);
    if (!next) return false;
    this.#state = next;
    this.#tell();
    return true;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function threadEndedReason(threadId: string): string {
  return `Thread ${threadId} ended while it was being recorded.`;
}

function limitReason(mostDurationMs: number): string {
  return `With these options at most ${Math.round(mostDurationMs / 1000)} s are recorded: more would cost the service too much.`;
}

function toFailure(error: unknown, threadId: string): CaptureFailure {
  if (error instanceof CaptureFailure) return error;
  if (error instanceof SessionClosed && error.threadEnded) {
    return new CaptureFailure('thread-ended', threadEndedReason(threadId));
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new CaptureFailure('recorder-failed', `The recorder failed: ${detail.slice(0, 512)}`, {
    cause: error,
  });
}
