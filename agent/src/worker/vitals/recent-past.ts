import type { VitalsReading } from './vitals-clock.ts';

interface Second {
  atMs: number;
  pauseMs: number;
  rssBytes: number;
  ownBytes: number;
}

const spanMs = 60_000;
/** Less than this says nothing of what is usual. */
const fewestSeconds = 3;
/** The numbers of a second still tell of what ended at its beginning. */
const afterglowMs = 1_500;

/** What the service keeps in objects and buffers of its main thread. */
export function ownBytesOf({ mainThread }: VitalsReading): number | undefined {
  return mainThread && mainThread.heapTotalBytes + mainThread.externalBytes;
}

/** How the process did in its last minute, as far as somebody watched it, and left alone: while it is recorded, nothing is noted. */
export class RecentPast {
  readonly #now: () => number;
  #seconds: Second[] = [];
  #disturbers = 0;
  #disturbedUntilMs = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  take(reading: VitalsReading): void {
    const ownBytes = ownBytesOf(reading);
    const nowMs = this.#now();
    if (!reading.mainThread || ownBytes === undefined) return;
    if (this.#disturbers > 0 || nowMs < this.#disturbedUntilMs) return;
    const { responsiveness, mainThread, process } = reading;
    const answerMs = responsiveness.state === 'responsive' ? (responsiveness.roundTripMs ?? 0) : 0;
    const pauseMs = Math.max(answerMs, mainThread.eventLoopDelayMaxMs || 0);
    this.#seconds.push({ atMs: nowMs, pauseMs, rssBytes: process.rssBytes, ownBytes });
  }

  /** To be called when something begins that changes the numbers; they are noted again after it is disposed of. */
  disturb(): Disposable {
    this.#disturbers += 1;
    let isDisturbing = true;
    return {
      [Symbol.dispose]: () => {
        if (!isDisturbing) return;
        isDisturbing = false;
        this.#disturbers -= 1;
        this.#disturbedUntilMs = this.#now() + afterglowMs;
      },
    };
  }

  /** The longest time that the main thread did not answer; undefined when that is not known. */
  get worstPauseMs(): number | undefined {
    return this.#most((second) => second.pauseMs);
  }

  /** The most memory that the process had; undefined when that is not known. */
  get mostRssBytes(): number | undefined {
    return this.#most((second) => second.rssBytes);
  }

  /** The most that was the service's own; undefined when that is not known. */
  get mostOwnBytes(): number | undefined {
    return this.#most((second) => second.ownBytes);
  }

  #most(value: (second: Second) => number): number | undefined {
    const fromMs = this.#now() - spanMs;
    this.#seconds = this.#seconds.filter(({ atMs }) => atMs >= fromMs);
    if (this.#seconds.length < fewestSeconds) return undefined;
    return Math.max(...this.#seconds.map(value));
  }
}
