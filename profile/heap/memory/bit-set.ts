const ALL = 0xffffffff;

/** A yes or no for each row of something large: an eighth of a byte. */
export class BitSet {
  readonly words: Uint32Array;

  /** @param words zeros, `BitSet.wordsFor` as many as rows */
  constructor(words: Uint32Array) {
    this.words = words;
  }

  static wordsFor(length: number): number {
    return (length + 31) >>> 5;
  }

  has(row: number): boolean {
    return (((this.words[row >>> 5] as number) >>> (row & 31)) & 1) === 1;
  }

  add(row: number): void {
    const word = row >>> 5;
    this.words[word] = (this.words[word] as number) | (1 << (row & 31));
  }

  /** The first row from there on that is not in it: at the latest the one after all that there is room for. */
  nextAbsent(from: number): number {
    let word = from >>> 5;
    let absent = ~(this.words[word] as number) & (ALL << (from & 31));
    while (absent === 0 && ++word < this.words.length) absent = ~(this.words[word] as number);
    return word * 32 + (absent === 0 ? 0 : 31 - Math.clz32(absent & -absent));
  }

  /** All rows that are in it, in ascending order. */
  *[Symbol.iterator](): Generator<number> {
    for (let word = 0; word < this.words.length; word++) {
      for (let rest = this.words[word] as number; rest !== 0; rest &= rest - 1) {
        yield word * 32 + 31 - Math.clz32(rest & -rest);
      }
    }
  }

  delete(row: number): void {
    const word = row >>> 5;
    this.words[word] = (this.words[word] as number) & ~(1 << (row & 31));
  }
}
