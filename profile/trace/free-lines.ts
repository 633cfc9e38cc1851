import type { Micros } from '../model/profile.ts';

/**
 * Which lines are free while intervals are taken in the order of their begin: two heaps, of the lines in use by when they
 * become free, and of those that are free by their number.
 */
export class FreeLines {
  readonly #busy = new Heap();
  readonly #free = new Heap();
  /** Lines that were ever in use. */
  count = 0;

  /** The uppermost line that nothing is in. */
  take(startMicros: Micros, endMicros: Micros): number {
    while (this.#busy.length > 0 && this.#busy.leastKey <= startMicros) {
      const line = this.#busy.pop();
      this.#free.push(line, line);
    }
    const line = this.#free.length > 0 ? this.#free.pop() : this.count++;
    this.#busy.push(endMicros, line);
    return line;
  }
}

/** A binary heap: the value with the least key comes first. */
class Heap {
  readonly #keys: number[] = [];
  readonly #values: number[] = [];

  get length(): number {
    return this.#keys.length;
  }

  /** Of one that is not empty. */
  get leastKey(): number {
    return this.#keys[0] as number;
  }

  push(key: number, value: number): void {
    let at = this.#keys.length;
    this.#keys.push(key);
    this.#values.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#keys[parent] as number) <= key) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Of one that is not empty. */
  pop(): number {
    const value = this.#values[0] as number;
    this.#swap(0, this.#keys.length - 1);
    this.#keys.pop();
    this.#values.pop();
    let at = 0;
    for (;;) {
      const least = this.#leastOf(at);
      if (least === at) return value;
      this.#swap(at, least);
      at = least;
    }
  }

  #leastOf(parent: number): number {
    let least = parent;
    for (const child of [2 * parent + 1, 2 * parent + 2]) {
      if (child < this.#keys.length && (this.#keys[child] as number) < (this.#keys[least] as number))
        least = child;
    }
    return least;
  }

  #swap(a: number, b: number): void {
    const [key, value] = [this.#keys[a] as number, this.#values[a] as number];
    this.#keys[a] = this.#keys[b] as number;
    this.#values[a] = this.#values[b] as number;
    this.#keys[b] = key;
    this.#values[b] = value;
  }
}
