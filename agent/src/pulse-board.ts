/**
 * Numbers that the main thread leaves in shared memory with each answer, so that answering allocates next to
 * nothing there. NaN means: not measured. The last slot is for the farewell at process exit.
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

export class PulseBoard {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Float64Array;
  readonly #farewell: Int32Array;

  constructor(memory = new SharedArrayBuffer(numbersBytes + Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#numbers = new Float64Array(memory, 0, slots.length);
    this.#farewell = new Int32Array(memory, numbersBytes, 1);
  }

  write(numbers: MainThreadNumbers): void {
    for (const [index, slot] of slots.entries()) this.#numbers[index] = numbers[slot];
  }

  read(): MainThreadNumbers {
    return Object.fromEntries(
      slots.map((slot, index) => [slot, this.#numbers[index] ?? Number.NaN]),
    ) as MainThreadNumbers;
  }

  /** The main thread, about to exit, waits until the agent's thread has let go of it, but not for long. */
  awaitFarewell(timeoutMs: number): void {
    Atomics.wait(this.#farewell, 0, 0, timeoutMs);
  }

  sayFarewell(): void {
    Atomics.store(this.#farewell, 0, 1);
    Atomics.notify(this.#farewell, 0);
  }
}
