import { randomInt } from 'node:crypto';
import type { CaptureId } from '../http/contract/index.ts';

const BASE = 36;

/** Makes ids that sort by time of creation: nine digits of milliseconds, three of a counter, eight random. */
export class CaptureIds {
  #lastMs = 0;
  #count = 0;

  next(nowMs: number): CaptureId {
    // A clock that is set back does not bring ids out of order.
    const ms = Math.max(nowMs, this.#lastMs);
    this.#count = ms === this.#lastMs ? this.#count + 1 : 0;
    this.#lastMs = ms;
    const random = digits(randomInt(BASE ** 4), 4) + digits(randomInt(BASE ** 4), 4);
    return `cap_${digits(ms, 9)}${digits(this.#count % BASE ** 3, 3)}${random}` as CaptureId;
  }
}

function digits(value: number, length: number): string {
  return value.toString(BASE).padStart(length, '0');
}
