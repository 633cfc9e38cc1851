/** Keeps what was asked for last, as long as it does not weigh too much; what was not asked for the longest goes first. */
export class LastUsed<Value> {
  readonly #most: number;
  readonly #weigh: (value: Value) => number;
  readonly #values = new Map<string, Value>();

  /** @param most the sum of what is kept; the last one is kept whatever it weighs */
  constructor(most: number, weigh: (value: Value) => number) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get(key: string, make: () => Value): Value {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    let weight = 0;
    for (const [each, kept] of [...this.#values].reverse()) {
      weight += this.#weigh(kept);
      if (weight > this.#most && each !== key) this.#values.delete(each);
    }
    return value;
  }
}
