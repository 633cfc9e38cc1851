import type { Clock } from '../../store/index.ts';

const WINDOW_MS = 60_000;
const PER_ADDRESS = 10;
const ALTOGETHER = 100;
const ADDRESSES_KEPT = 10_000;

interface Tally {
  readonly startedAt: number;
  failures: number;
}

/** Slows down whoever guesses tokens: so many failures a minute from one address, so many from all together. */
export class AttemptLimiter {
  readonly #clock: Clock;
  readonly #byAddress = new Map<string, Tally>();
  #altogether: Tally = { startedAt: 0, failures: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Seconds until another attempt is taken; 0 when one is taken now. */
  waitSeconds(address: string): number {
    return Math.max(
      this.#wait(this.#byAddress.get(address), PER_ADDRESS),
      this.#wait(this.#altogether, ALTOGETHER),
    );
  }

  recordFailure(address: string): void {
    this.#altogether = this.#counted(this.#altogether);
    const tally = this.#counted(this.#byAddress.get(address));
    // Moves the address to the end, so that the one that has been quiet longest is forgotten first.
    this.#byAddress.delete(address);
    this.#byAddress.set(address, tally);
    if (this.#byAddress.size > ADDRESSES_KEPT) {
      for (const oldest of this.#byAddress.keys()) {
        this.#byAddress.delete(oldest);
        break;
      }
    }
  }

  #counted(tally: Tally | undefined): Tally {
    const now = this.#clock.now();
    if (!tally || now - tally.startedAt >= WINDOW_MS) return { startedAt: now, failures: 1 };
    return { startedAt: tally.startedAt, failures: tally.failures + 1 };
  }

  #wait(tally: Tally | undefined, limit: number): number {
    if (!tally || tally.failures < limit) return 0;
    return Math.max(0, Math.ceil((tally.startedAt + WINDOW_MS - this.#clock.now()) / 1000));
  }
}
