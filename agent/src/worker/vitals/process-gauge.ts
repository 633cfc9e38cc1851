import { closeSync, openSync, readSync } from 'node:fs';

interface Reading {
  atMs: number;
  processMicros: number;
  mainThreadMs: number | undefined;
}

export interface ProcessNumbers {
  cpuCores: number | undefined;
  mainThreadCpuCores: number | undefined;
  rssBytes: number;
}

/** Measures the process from this thread, so it works while the main thread is stuck. */
export class ProcessGauge {
  readonly #mainThreadTimes = new MainThreadTimes();
  #last: Reading | undefined;

  /** Rates are of the time since the reading before, and undefined the first time. */
  read(): ProcessNumbers {
    const last = this.#last;
    const { user, system } = process.cpuUsage();
    const now: Reading = {
      atMs: performance.now(),
      processMicros: user + system,
      mainThreadMs: this.#mainThreadTimes.readMs(),
    };
    this.#last = now;
    const elapsedMs = last ? now.atMs - last.atMs : 0;
    const rate = (nowMs: number | undefined, lastMs: number | undefined) =>
      nowMs === undefined || lastMs === undefined || elapsedMs < 1
        ? undefined
        : Math.max(0, (nowMs - lastMs) / elapsedMs);
    return {
      cpuCores: rate(now.processMicros / 1000, last && last.processMicros / 1000),
      mainThreadCpuCores: rate(now.mainThreadMs, last?.mainThreadMs),
      rssBytes: process.memoryUsage.rss(),
    };
  }

  [Symbol.dispose](): void {
    this.#mainThreadTimes[Symbol.dispose]();
  }
}

/** Processor time of the main thread as Linux counts it, in nanoseconds: the first number of its schedstat. */
class MainThreadTimes {
  readonly #text = Buffer.alloc(128);
  #descriptor: number | undefined;

  constructor() {
    try {
      this.#descriptor = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    } catch {
      // Not Linux, or a kernel without scheduler statistics: not measured.
    }
  }

  readMs(): number | undefined {
    if (this.#descriptor === undefined) return undefined;
    try {
      const length = readSync(this.#descriptor, this.#text, 0, this.#text.length, 0);
      const nanos = Number(this.#text.toString('latin1', 0, length).split(' ', 1)[0]);
      return Number.isFinite(nanos) ? nanos / 1e6 : undefined;
    } catch {
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
