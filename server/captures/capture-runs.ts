import { ShuttingDown } from '../errors.ts';
import type { CaptureId, Instance } from '../http/contract/index.ts';
import type { CaptureLedger } from './capture-ledger.ts';
import type { CaptureQueue } from './capture-queue.ts';
import { CaptureRun } from './capture-run.ts';
import type { LiveCapture } from './live-capture.ts';
import type { RunHost } from './run-host.ts';

/** Which captures run and which wait: starts what is next, and ends early what is to end. */
export class CaptureRuns implements AsyncDisposable {
  readonly #queue: CaptureQueue;
  readonly #ledger: CaptureLedger;
  readonly #host: RunHost;
  readonly #runs = new Map<CaptureId, { run: CaptureRun; done: Promise<void> }>();
  #isClosing = false;

  constructor(queue: CaptureQueue, ledger: CaptureLedger, host: RunHost) {
    this.#queue = queue;
    this.#ledger = ledger;
    this.#host = host;
  }

  get counts(): { running: number; queued: number } {
    return { running: this.#queue.runningCount, queued: this.#queue.waiting.length };
  }

  has(id: CaptureId): boolean {
    return this.#runs.has(id);
  }

  /**
   * Takes a place for a new capture, opens it with `open`, and starts it when its turn comes.
   *
   * @throws ShuttingDown, CaptureInProgress, QueueFull; what `open` throws
   */
  async admit(live: LiveCapture, open: () => Promise<void>): Promise<void> {
    if (this.#isClosing) throw new ShuttingDown();
    this.#queue.reserve(live);
    try {
      await open();
    } catch (error) {
      this.#queue.leave(live);
      this.pump();
      throw error;
    }
    this.pump();
  }

  /** Takes up again what an earlier process left unfinished. */
  async resume(live: LiveCapture): Promise<void> {
    const givesUpAtMs = this.#host.clock.now() + this.#host.times.giveUpMs;
    live.apply({ kind: 'broke', reason: 'The server was restarted.', givesUpAtMs });
    await this.#ledger.reopen(live);
    if (live.facts.ending === 'cancel') {
      await this.#ledger.end(live, { kind: 'cancelled' });
      await this.#host.artifacts.remove(live.id);
      return;
    }
    this.#queue.restore(live);
    if (live.status.state !== 'queued') this.#start(this.#queue.run(live), true);
  }

  /** Starts what is next while there is room. */
  pump(): void {
    if (this.#isClosing) return;
    for (let next = this.#queue.next(); next; next = this.#queue.next()) {
      next.apply({ kind: 'turn-came' });
      this.#ledger.changed(next, 'state');
      this.#start(next, false);
    }
    for (const [ahead, live] of this.#queue.waiting.entries()) {
      if (live.status.state !== 'queued' || live.status.ahead === ahead) continue;
      live.apply({ kind: 'moved-up', ahead });
      if (live.auditIntent) this.#ledger.emit(live);
    }
  }

  async end(live: LiveCapture, how: 'stop' | 'cancel'): Promise<void> {
    if (live.status.state === 'queued') await this.#takeOut(live);
    else if (!live.isOver) await this.#endRun(live, how);
  }

  /** An instance that ended takes its queued captures along. */
  async failQueued(instance: Instance, reason: string): Promise<void> {
    const queued = this.#queue.waiting.filter(
      ({ facts, auditIntent }) => auditIntent && facts.instanceId === instance.id,
    );
    for (const live of queued) {
      this.#queue.leave(live);
      const message = `${instance.name} ended before the turn of the capture came: ${reason}`;
      await this.#ledger.end(live, { kind: 'failed', code: 'instance-ended', message });
    }
    this.pump();
  }

  /** Leaves what is under way to the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    const runs = [...this.#runs.values()];
    for (const { run } of runs) run.suspend();
    await Promise.all(runs.map(({ done }) => done));
  }

  #start(live: LiveCapture, resumed: boolean): void {
    const run = new CaptureRun(live, this.#host, resumed);
    const done = run.run().then((result) => {
      this.#runs.delete(live.id);
      if (result === 'ended') this.#queue.leave(live);
      this.pump();
    });
    this.#runs.set(live.id, { run, done });
  }

  /** Out of the queue: there is nothing to keep yet. */
  async #takeOut(live: LiveCapture): Promise<void> {
    this.#queue.leave(live);
    await this.#ledger.end(live, { kind: 'cancelled' });
    this.pump();
  }

  async #endRun(live: LiveCapture, how: 'stop' | 'cancel'): Promise<void> {
    live.facts.ending = how;
    this.#ledger.changed(live, 'state');
    // Should the server end now, the next one knows what was asked.
    await this.#ledger.saved(live.id);
    const entry = this.#runs.get(live.id);
    if (how === 'stop') return await entry?.run.stop();
    entry?.run.cancel();
    await entry?.done;
  }
}
