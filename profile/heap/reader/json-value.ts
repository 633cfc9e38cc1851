import { ProfileLimitError } from '../../errors.ts';

/** The head of a snapshot has about a hundred; more by far is an attempt to exhaust memory. */
const MAX_VALUES = 20_000;

/** Puts a small part of a file together as `JSON.parse` would. */
export class JsonValue {
  readonly #open: (unknown[] | Map<string, unknown>)[] = [];
  readonly #keys: string[] = [];
  #key = '';
  #count = 0;
  #value: unknown;

  /** What was put together, lists as arrays and objects as maps, once `depth` is 0 again. */
  get value(): unknown {
    return this.#value;
  }

  get depth(): number {
    return this.#open.length;
  }

  key(key: string): void {
    this.#key = key;
  }

  begin(container: unknown[] | Map<string, unknown>): void {
    this.put(container);
    this.#open.push(container);
    this.#keys.push(this.#key);
  }

  end(): void {
    this.#open.pop();
    this.#key = this.#keys.pop() ?? '';
  }

  put(value: unknown): void {
    if (++this.#count > MAX_VALUES) throw new ProfileLimitError('values in the head', MAX_VALUES);
    const into = this.#open.at(-1);
    if (into === undefined) this.#value = value;
    else if (into instanceof Map) into.set(this.#key, value);
    else into.push(value);
  }
}
