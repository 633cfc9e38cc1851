/** More than a snapshot of some GB holds, and 16 MiB of memory. */
const mostBits = 2 ** 27;

/** A set of small whole numbers, a bit each. Grows to what it has to hold. */
export class BitSet {
  #words = new Uint32Array(1024);

  /** Numbers from here on cannot be held. */
  static readonly end = mostBits;

  /** False when the number is too large to be held. */
  add(index: number): boolean {
    if (index >= mostBits) return false;
    const word = index >>> 5;
    if (word >= this.#words.length) this.#grow(word);
    this.#words[word] = (this.#words[word] as number) | (1 << (index & 31));
    return true;
  }

  has(index: number): boolean {
    if (index >= mostBits) return false;
    const word = this.#words[index >>> 5] ?? 0;
    return (word & (1 << (index & 31))) !== 0;
  }

  #grow(word: number): void {
    const words = new Uint32Array(Math.min(mostBits / 32, Math.max(word + 1, this.#words.length * 2)));
    words.set(this.#words);
    this.#words = words;
  }
}
