const offered = 0;
const taken = 1;
const withdrawn = 2;

/**
 * Decides once, between two threads, whether a run begins. A message that asks for it may lie for hours before a thread
 * that is stuck: without this it would be done long after the caller was told that it is not.
 */
export class RunTicket {
  readonly memory: SharedArrayBuffer;
  readonly #word: Int32Array;

  constructor(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#word = new Int32Array(memory);
  }

  /** True when the run may begin: it can no longer be withdrawn. */
  take(): boolean {
    return Atomics.compareExchange(this.#word, 0, offered, taken) === offered;
  }

  /** True when the run will never begin. */
  withdraw(): boolean {
    return Atomics.compareExchange(this.#word, 0, offered, withdrawn) === offered;
  }
}
