import { randomInt } from 'node:crypto';

const BASE = 36;

/** Makes ids that sort by time of creation: a prefix, nine digits of milliseconds, three of a counter, eight random. */
export class SortableIds<Id extends string> {
  readonly #prefix: string;
  #lastMs = 0;
  #count = 0;

  /** The prefix is what the contract's parser of these ids asks for. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(nowMs: number): Id {
    // A clock that is set back does not bring ids out of order.
    const ms = Math.max(nowMs, this.#lastMs);
    this.#count = ms === this.#lastMs ? this.#count + 1 : 0;
    this.#lastMs = ms;
    const random = digits(randomInt(BASE ** 4), 4) + digits(randomInt(BASE ** 4), 4);
    return `${this.#prefix}_${digits(ms, 9)}${digits(this.#count % BASE ** 3, 3)}${random}` as Id;
  }
}

function digits(value: number, length: number): string {
  return value.toString(BASE).padStart(length, '0');
}
