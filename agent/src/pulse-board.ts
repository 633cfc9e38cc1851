/**
 * Numbers that the main thread leaves in shared memory with each answer, so that answering allocates next to
 * nothing there. NaN means: not measured. The last slots are for the farewell at process exit.
 */
const slots = [
  'eventLoopDelayP50Ms',
  'eventLoopDelayP99Ms',
  'eventLoopDelayMaxMs',
  'eventLoopUtilization',
  'heapUsedBytes',
  'heapTotalBytes',
  'heapLimitBytes',
  'externalBytes',
  'gcCount',
  'gcPauseMs',
] as const;

export type MainThreadNumbers = Record<(typeof slots)[number], number>;

const numbersBytes = slots.length * Float64Array.BYTES_PER_ELEMENT;

/** How far the agent's thread has got with its farewell. */
const farewell = { none: 0, letGo: 1, said: 2 };
const [farewellSlot, sessionsSlot] = [0, 1];

export class PulseBoard {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Float64Array;
  readonly #words: Int32Array;

  constructor(memory = new SharedArrayBuffer(numbersBytes + 2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#numbers = new Float64Array(memory, 0, slots.length);
    this.#words = new Int32Array(memory, numbersBytes, 2);
  }

  write(numbers: MainThreadNumbers): void {
    for (const [index, slot] of slots.entries()) this.#numbers[index] = numbers[slot];
  }

  read(): MainThreadNumbers {
    return Object.fromEntries(
      slots.map((slot, index) => [slot, this.#numbers[index] ?? Number.NaN]),
    ) as MainThreadNumbers;
  }

  /** How many inspector sessions the agent's thread has open. */
  noteSessions(count: number): void {
    Atomics.store(this.#words, sessionsSlot, count);
  }

  /**
   * The main thread, about to exit, waits until the agent's thread has let go of it and has said its farewell, but not for
   * long; for longer when there are sessions to be closed, for which Node would wait itself, and print a line.
   */
  awaitFarewell(timeoutMs: number, sessionsTimeoutMs: number): void {
    const startedMs = performance.now();
    const hasSessions = Atomics.load(this.#words, sessionsSlot) > 0;
    Atomics.wait(this.#words, farewellSlot, farewell.none, hasSessions ? sessionsTimeoutMs : timeoutMs);
    const leftMs = Math.max(0, timeoutMs - (performance.now() - startedMs));
    Atomics.wait(this.#words, farewellSlot, farewell.letGo, leftMs);
  }

  letGo(): void {
    this.#tell(farewell.letGo);
  }

  sayFarewell(): void {
    this.#tell(farewell.said);
  }

  #tell(state: number): void {
    Atomics.store(this.#words, farewellSlot, state);
    Atomics.notify(this.#words, farewellSlot);
  }
}
