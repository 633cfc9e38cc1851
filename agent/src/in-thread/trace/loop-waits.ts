import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';
import { nowMicros } from './now-micros.ts';

/** Shorter waits are summed up: a busy loop has thousands of them a second. */
const leastWaitMicros = 200;
/** More between two readings is left out and told. */
const mostWaits = 20_000;

/**
 * A turn of the event loop in which it waited: it began and ended then, waited so long in all, and before it, since the
 * one before, loops waited so long in small pieces.
 */
export type WaitRow = [beganMicros: number, endedMicros: number, waitedMicros: number, smallMicros: number];

/**
 * Notes how long each turn of this thread's event loop has waited. Looks right after the loop has polled: an immediate
 * that keeps nothing alive is called once a turn, and libuv counts the time that it was idle.
 */
export class LoopWaits {
  #rows: WaitRow[] = [];
  #lostMicros = 0;
  #smallMicros = 0;
  #turnBegan = nowMicros();
  #idleMs = performance.nodeTiming.idleTime;
  #isOver = false;

  constructor() {
    // The service may be in the middle of Node's own list of immediates: touched in a microtask only.
    Promise.resolve().then(() => this.#arm());
  }

  /** What was noted since the last time. A loop that waits at this moment has its wait so far noted. */
  drain(): { waits: WaitRow[]; smallMicros: number; lostMicros: number } {
    this.#look();
    const drained = { waits: this.#rows, smallMicros: this.#smallMicros, lostMicros: this.#lostMicros };
    this.#rows = [];
    this.#lostMicros = 0;
    this.#smallMicros = 0;
    return drained;
  }

  end(): void {
    this.#isOver = true;
  }

  readonly #arm = (): void => {
    if (this.#isOver) return;
    setImmediate(this.#turn).unref();
  };

  readonly #turn = (): void => {
    this.#look();
    this.#arm();
  };

  #look(): void {
    const now = nowMicros();
    const idleMs = performance.nodeTiming.idleTime;
    const waitedMicros = (idleMs - this.#idleMs) * 1000;
    if (waitedMicros >= leastWaitMicros) {
      if (this.#rows.length < mostWaits) {
        this.#rows.push([this.#turnBegan, now, Math.round(waitedMicros), Math.round(this.#smallMicros)]);
      } else {
        this.#lostMicros += waitedMicros + this.#smallMicros;
      }
      this.#smallMicros = 0;
    } else {
      this.#smallMicros += waitedMicros;
    }
    this.#turnBegan = now;
    this.#idleMs = idleMs;
  }
}
