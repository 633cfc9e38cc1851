/** Whether the main thread answers, and where it is when it does not. */
export type Responsiveness =
  /** `roundTripMs` is undefined when the newest question is open, but for less than a second. */
  | { state: 'responsive'; roundTripMs: number | undefined }
  | { state: 'unresponsive'; forMs: number }
  | { state: 'stuck-in-js'; forMs: number }
  | { state: 'stuck-in-native-call'; forMs: number };

const unresponsiveAfterMs = 1_000;
/** Looking means a short inspector session; a thread that stays stuck is looked at more and more rarely. */
const firstLookAfterMs = 900;
const longestGapMs = 30_000;
const lookLimitMs = 100;

interface Silence {
  sinceMs: number;
  nextLookAtMs: number;
  gapMs: number;
  found: 'stuck-in-js' | 'stuck-in-native-call' | undefined;
}

/** Tells a main thread that loops in JavaScript from one in a native call, looking at it as seldom as will do. */
export class ResponsivenessWatch {
  readonly #isInterruptible: (limitMs: number) => Promise<boolean>;
  readonly #now: () => number;
  #silence: Silence | undefined;

  constructor(isInterruptible: (limitMs: number) => Promise<boolean>, now: () => number) {
    this.#isInterruptible = isInterruptible;
    this.#now = now;
  }

  answered(roundTripMs: number): Responsiveness {
    this.#silence = undefined;
    return { state: 'responsive', roundTripMs };
  }

  /** @param askedAtMs when the question was asked that is still open */
  async silent(askedAtMs: number): Promise<Responsiveness> {
    if (this.#silence?.sinceMs !== askedAtMs) {
      const nextLookAtMs = askedAtMs + firstLookAfterMs;
      this.#silence = { sinceMs: askedAtMs, nextLookAtMs, gapMs: 4_000, found: undefined };
    }
    const silence = this.#silence;
    if (this.#now() >= silence.nextLookAtMs) {
      silence.found = (await this.#isInterruptible(lookLimitMs)) ? 'stuck-in-js' : 'stuck-in-native-call';
      silence.nextLookAtMs = this.#now() + silence.gapMs;
      silence.gapMs = Math.min(silence.gapMs * 2, longestGapMs);
    }
    const forMs = this.#now() - askedAtMs;
    if (forMs < unresponsiveAfterMs) return { state: 'responsive', roundTripMs: undefined };
    return { state: silence.found ?? 'unresponsive', forMs };
  }
}
