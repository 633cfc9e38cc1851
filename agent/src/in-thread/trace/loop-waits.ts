import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';
import { nowMicros } from './now-micros.ts';

/** Shorter waits are summed up: a busy loop has thousands of them a second. */
const leastWaitMicros = 200;
/** More between two readings is left out and told. */
const mostWaits = 20_000;

/**
 * A turn of the event loop in which it waited: it began and ended then, waited so long in all, and before it, since the
 * one before, loops waited so long in small pieces. 1: something came from outside and was handled after the wait; 0:
 * nothing came, so that what was executed, timers, came before it.
 */
export type WaitRow = [
  beganMicros: number,
  endedMicros: number,
  waitedMicros: number,
  smallMicros: number,
  cameFromOutside: 0 | 1,
];

/** What libuv counts; not in every version of the types. */
type LoopMetrics = { uvMetricsInfo?: { events: number } };

/**
 * Notes how long each turn of this thread's event loop has waited. Looks right after the loop has polled: an immediate
 * that keeps nothing alive is called once a turn, and libuv counts the time that it was idle. Turns that are too short
 * to have waited cost one look at the clock.
 */
export class LoopWaits {
  #rows: WaitRow[] = [];
  #lostMicros = 0;
  #smallMicros = 0;
  #turnBegan = nowMicros();
  #idleMs = performance.nodeTiming.idleTime;
  #events = readEvents();
  #isOver = false;

  constructor() {
    // The service may be in the middle of Node's own list of immediates: touched in a microtask only.
    Promise.resolve().then(() => this.#arm());
  }

  /** What was noted since the last time. A loop that waits at this moment has its wait so far noted. */
  drain(): { waits: WaitRow[]; smallMicros: number; lostMicros: number } {
    this.#look(nowMicros());
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
    const now = nowMicros();
    if (now - this.#turnBegan >= leastWaitMicros) this.#look(now);
    else this.#turnBegan = now;
    this.#arm();
  };

  #look(now: number): void {
    const idleMs = performance.nodeTiming.idleTime;
    const idleMicros = (idleMs - this.#idleMs) * 1000;
    // What short turns before this one have waited is in the count, too.
    const waitedMicros = Math.min(idleMicros, now - this.#turnBegan);
    if (waitedMicros >= leastWaitMicros) {
      this.#smallMicros += idleMicros - waitedMicros;
      this.#note(now, waitedMicros);
    } else {
      this.#smallMicros += idleMicros;
    }
    this.#turnBegan = now;
    this.#idleMs = idleMs;
  }

  #note(now: number, waitedMicros: number): void {
    const events = readEvents();
    const cameFromOutside = events === this.#events ? 0 : 1;
    this.#events = events;
    if (this.#rows.length < mostWaits) {
      const [waited, small] = [Math.round(waitedMicros), Math.round(this.#smallMicros)];
      this.#rows.push([this.#turnBegan, now, waited, small, cameFromOutside]);
    } else {
      this.#lostMicros += waitedMicros + this.#smallMicros;
    }
    this.#smallMicros = 0;
  }
}

function readEvents(): number | undefined {
  return (performance.nodeTiming as LoopMetrics).uvMetricsInfo?.events;
}
