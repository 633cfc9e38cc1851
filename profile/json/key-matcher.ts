export const UNKNOWN_KEY = -1;

/** Finds which of a few known keys a range of bytes spells, without making a string. */
export class KeyMatcher {
  readonly #keys: readonly Uint8Array[];

  constructor(keys: readonly string[]) {
    const encoder = new TextEncoder();
    this.#keys = keys.map((key) => encoder.encode(key));
  }

  /** The key's position in the list given, or `UNKNOWN_KEY`. */
  match(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    for (let index = 0; index < this.#keys.length; index++) {
      const key = this.#keys[index] as Uint8Array;
      if (key.length !== length) continue;
      let at = 0;
      while (at < length && key[at] === bytes[start + at]) at++;
      if (at === length) return index;
    }
    return UNKNOWN_KEY;
  }
}
