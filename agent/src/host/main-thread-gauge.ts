import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { MainThreadNumbers } from '../pulse-board.ts';

const resolutionMs = 20;

/**
 * Measures what only the main thread can tell about itself. Runs while somebody watches: a timer that fires 50 times
 * a second and one callback for each garbage collection; reading takes some 20 µs.
 */
export class MainThreadGauge implements Disposable {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #collections: PerformanceObserver;
  #utilization = performance.eventLoopUtilization();
  #gcCount = 0;
  #gcPauseMs = 0;

  constructor() {
    this.#delay.enable();
    this.#collections = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        this.#gcCount += 1;
        this.#gcPauseMs += entry.duration;
      }
    });
    this.#collections.observe({ entryTypes: ['gc'] });
  }

  /** The numbers since the reading before. Counts of collections are totals since the start. */
  read(): MainThreadNumbers {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#utilization);
    this.#utilization = now;
    const heap = getHeapStatistics();
    return {
      ...this.#readDelay(),
      eventLoopUtilization: utilization,
      heapUsedBytes: heap.used_heap_size,
      heapTotalBytes: heap.total_heap_size,
      heapLimitBytes: heap.heap_size_limit,
      externalBytes: heap.external_memory,
      gcCount: this.#gcCount,
      gcPauseMs: this.#gcPauseMs,
    };
  }

  /** The histogram holds the time between two firings of its timer, so the timer's own period is taken off. */
  #readDelay() {
    const toDelay = (nanos: number) =>
      this.#delay.count === 0 ? Number.NaN : Math.max(0, nanos / 1e6 - resolutionMs);
    const delays = {
      eventLoopDelayP50Ms: toDelay(this.#delay.percentile(50)),
      eventLoopDelayP99Ms: toDelay(this.#delay.percentile(99)),
      eventLoopDelayMaxMs: toDelay(this.#delay.max),
    };
    this.#delay.reset();
    return delays;
  }

  [Symbol.dispose](): void {
    this.#delay.disable();
    this.#collections.disconnect();
  }
}
