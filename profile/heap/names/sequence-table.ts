import { NumberColumn } from '../../model/number-column.ts';

const FIRST_CAPACITY = 1024;

/**
 * Numbers sequences of numbers in the order in which they are first met. It keeps a hash of 53 bits of each and not the
 * sequence itself: among ten million sequences one in two hundred tables takes two for one, and a class is named wrong.
 */
export class SequenceTable {
  /** By place: the index and one, 0 where there is none. */
  #places = new Uint32Array(FIRST_CAPACITY);
  readonly #hashes = new NumberColumn();
  #high = 0;
  #low = 0;
  #length = 0;
  /** The index of the sequence of nothing; -1 before it was met. */
  emptyIndex = -1;

  begin(): void {
    this.#high = 0x9e3779b9;
    this.#low = 0x85ebca6b;
    this.#length = 0;
  }

  push(value: number): void {
    this.#high = mix(this.#high ^ Math.imul(value, 0xcc9e2d51));
    this.#low = mix(Math.imul(this.#low, 31) + value + this.#high);
    this.#length += 1;
  }

  /** The index of what was pushed since it began. */
  end(): number {
    // 21 bits of one half and all of the other: as many as a number holds exactly.
    const hash = (this.#high >>> 11) * 2 ** 32 + (this.#low >>> 0);
    const index = this.#indexOf(hash);
    if (this.#length === 0) this.emptyIndex = index;
    return index;
  }

  #indexOf(hash: number): number {
    const place = this.#placeOf(hash);
    const known = this.#places[place] as number;
    if (known > 0) return known - 1;
    this.#hashes.push(hash);
    const index = this.#hashes.length - 1;
    this.#places[place] = index + 1;
    if (this.#hashes.length * 2 > this.#places.length) this.#grow();
    return index;
  }

  #placeOf(hash: number): number {
    const mask = this.#places.length - 1;
    let place = (hash >>> 0) & mask;
    for (let known = this.#places[place] as number; known > 0; known = this.#places[place] as number) {
      if (this.#hashes.at(known - 1) === hash) break;
      place = (place + 1) & mask;
    }
    return place;
  }

  #grow(): void {
    this.#places = new Uint32Array(this.#places.length * 2);
    for (let index = 0; index < this.#hashes.length; index++) {
      this.#places[this.#placeOf(this.#hashes.at(index))] = index + 1;
    }
  }
}

/** @see https://github.com/aappleby/smhasher (MurmurHash3, its finaliser; public domain) */
function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
