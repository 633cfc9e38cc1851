import { PlainRows } from './plain-rows/plain-rows.ts';

const COMMA = 0x2c;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const LINE_END = 0x0a;

/** Counts the rows from one of them to the end of their list: where they belong is known before they are read. */
export class RowCounter {
  readonly #fields: number;
  #commas = 0;
  #isDone = false;

  /** @param fields numbers in a row */
  constructor(fields: number) {
    this.#fields = fields;
  }

  /** Whether the list has ended. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** A whole number where they are rows as V8 writes them. */
  get rows(): number {
    return (this.#commas + 1) / this.#fields;
  }

  push(chunk: Uint8Array): void {
    const { count = 0, next = 0 } = PlainRows.shared?.countCommas(chunk) ?? {};
    this.#commas += count;
    for (let at = next; at < chunk.length && !this.#isDone; at++) {
      const byte = chunk[at] as number;
      if (byte === COMMA) this.#commas++;
      else this.#isDone = byte !== LINE_END && (byte < DIGIT_0 || byte > DIGIT_9);
    }
  }
}
