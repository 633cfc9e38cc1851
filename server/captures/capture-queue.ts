import { CaptureInProgress, QueueFull } from '../errors.ts';
import type { CaptureId } from '../http/contract/index.ts';
import type { LiveCapture } from './live-capture.ts';

/** Who may run: one capture of a kind on an instance, so many in the fleet, so many waiting, in order. */
export class CaptureQueue {
  readonly #limits: { running: number; queued: number };
  readonly #slots = new Map<string, CaptureId>();
  readonly #running = new Set<LiveCapture>();
  #waiting: LiveCapture[] = [];

  constructor(limits: { running: number; queued: number }) {
    this.#limits = limits;
  }

  get runningCount(): number {
    return this.#running.size;
  }

  get waiting(): readonly LiveCapture[] {
    return this.#waiting;
  }

  /**
   * Takes its place at once, so that of two requests at the same moment one is told of the other.
   *
   * @throws CaptureInProgress, QueueFull
   */
  reserve(live: LiveCapture): void {
    const other = this.#slots.get(live.slot);
    if (other) throw new CaptureInProgress(other, live.facts.kind, live.facts.instanceName);
    const all = this.#running.size + this.#waiting.length;
    if (all >= this.#limits.running + this.#limits.queued) {
      throw new QueueFull(this.#running.size, this.#waiting.length);
    }
    this.restore(live);
  }

  /** One that had a place before the server was restarted has it whatever the limits are now. */
  restore(live: LiveCapture): void {
    this.#slots.set(live.slot, live.id);
    this.#waiting.push(live);
  }

  /** The next one that may run, counted as running from now on. */
  next(): LiveCapture | undefined {
    const [first] = this.#waiting;
    // One whose row is not written yet is not started, and neither is what stands behind it.
    if (!first?.auditIntent || this.#running.size >= this.#limits.running) return undefined;
    return this.run(first);
  }

  run(live: LiveCapture): LiveCapture {
    this.#waiting = this.#waiting.filter((queued) => queued !== live);
    this.#running.add(live);
    return live;
  }

  leave(live: LiveCapture): void {
    this.#waiting = this.#waiting.filter((queued) => queued !== live);
    this.#running.delete(live);
    if (this.#slots.get(live.slot) === live.id) this.#slots.delete(live.slot);
  }
}
