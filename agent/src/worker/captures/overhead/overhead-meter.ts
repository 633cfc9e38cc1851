import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import type { VitalsClock } from '../../vitals/vitals-clock.ts';
import { OverheadWatch, type WatchOrder } from './overhead-watch.ts';

/** What the overhead of captures is measured with. */
export class OverheadMeter {
  readonly #pulse: MainThreadPulse;
  readonly #vitals: VitalsClock;
  readonly #threads: ThreadDirectory;

  constructor(pulse: MainThreadPulse, vitals: VitalsClock, threads: ThreadDirectory) {
    this.#pulse = pulse;
    this.#vitals = vitals;
    this.#threads = threads;
  }

  watch(order: WatchOrder): OverheadWatch {
    return new OverheadWatch(order, { pulse: this.#pulse, vitals: this.#vitals, threads: this.#threads });
  }
}
