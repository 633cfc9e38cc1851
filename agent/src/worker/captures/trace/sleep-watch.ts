import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Phase } from './loop-spans.ts';

/** Shorter sleeps are not seen. A look takes some ten microseconds. */
export const lookEveryMs = 10;
const mostSleeps = 50_000;
/** More than are worth a look a hundred times a second. */
const mostThreads = 16;

/** Sees from outside when threads of this process sleep, while they execute nothing that could tell. On Linux alone. */
export class SleepWatch implements Disposable {
  readonly #threads: WatchedThread[] = [];
  readonly #timer = setInterval(() => this.#look(), lookEveryMs);

  constructor() {
    this.#timer.unref();
  }

  /** @returns what is seen of it from now on; undefined where nothing can be seen */
  add(tid: number): readonly Phase[] | undefined {
    if (this.#threads.length >= mostThreads) return undefined;
    const thread = WatchedThread.open(tid);
    if (thread) this.#threads.push(thread);
    return thread?.sleeps;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    for (const thread of this.#threads) thread.close();
  }

  #look(): void {
    for (const thread of this.#threads) thread.look();
  }
}

/**
 * One thread. Its schedstat says how long it has run and has stood in the queue for a processor, and how often; while it sleeps none
 * of that moves. A processor that was taken away from the machine could look the same, so it has to be asleep by its state as well.
 *
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
class WatchedThread {
  readonly sleeps: Phase[] = [];
  readonly #file: number;
  readonly #stat: string;
  readonly #buffer = Buffer.alloc(128);
  #last = '';
  #lastMicros = 0;
  #isAsleep = false;
  #isOver = false;

  private constructor(tid: number, file: number) {
    this.#file = file;
    this.#stat = `/proc/self/task/${tid}/stat`;
  }

  static open(tid: number): WatchedThread | undefined {
    try {
      return new WatchedThread(tid, openSync(`/proc/self/task/${tid}/schedstat`, 'r'));
    } catch {
      return undefined;
    }
  }

  look(): void {
    if (this.#isOver) return;
    try {
      const nowMicros = Number(process.hrtime.bigint() / 1000n);
      const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, 0);
      const times = this.#buffer.toString('latin1', 0, length);
      if (times === this.#last) this.#sleepUntil(nowMicros);
      else this.#isAsleep = false;
      this.#last = times;
      this.#lastMicros = nowMicros;
    } catch {
      // It has ended.
      this.close();
    }
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    closeSync(this.#file);
  }

  #sleepUntil(nowMicros: number): void {
    const current = this.sleeps.at(-1);
    if (this.#isAsleep && current) {
      current.endedMicros = nowMicros;
      return;
    }
    if (this.sleeps.length >= mostSleeps) return;
    this.#isAsleep = isAsleep(readFileSync(this.#stat, 'latin1'));
    if (this.#isAsleep) this.sleeps.push({ beganMicros: this.#lastMicros, endedMicros: nowMicros });
  }
}

/** The state stands behind the name, which may hold anything: `S` and `D` are asleep. */
function isAsleep(stat: string): boolean {
  return /^[SD]$/.test(stat.charAt(stat.lastIndexOf(')') + 2));
}
