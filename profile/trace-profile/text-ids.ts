import { ProfileLimitError } from '../errors.ts';

const MOST_TEXTS = 10_000;

/** Some tools write names where ids of processes and threads belong. They become negative numbers, as no id is. */
export class TextIds {
  readonly #numbers = new Map<string, number>();
  readonly #decoder = new TextDecoder();

  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const text = this.#decoder.decode(bytes.subarray(start, end));
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#numbers.size >= MOST_TEXTS) throw new ProfileLimitError('names of threads', MOST_TEXTS);
    const number = -1 - this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  /** As the file has it. */
  textOf(id: number): string {
    return id < 0 ? ([...this.#numbers.keys()][-1 - id] ?? String(id)) : String(id);
  }
}
