import { V8_STRING_LIMIT } from '../../names/string-content.ts';

/** In bytes of UTF-8: longer contents are not known whole. */
const MOST_BYTES = V8_STRING_LIMIT * 3;
const PRIME = 2 ** 31 - 1;
const [BASE, PRIME_BASE] = [0x01000193, 1_000_003];

/**
 * What stands for a content: its lengths, and two polynomials of its bytes by which that of two contents one after another follows
 * from both, without their bytes. Contents are taken for equal when 53 bits of them agree: of a million different ones any two do once
 * in 18,000 heaps.
 *
 * @see R. M. Karp, M. O. Rabin, Efficient randomized pattern-matching algorithms (1987)
 */
export class ContentDigest {
  /** In UTF-8. */
  bytes = 0;
  /** In UTF-16. */
  units = 0;
  #wrapped = 0;
  #modular = 0;

  /** A number that only equal contents have, as far as one can tell. */
  get key(): number {
    return this.#modular * 2 ** 22 + (this.#wrapped >>> 10);
  }

  /** Half of what the key is made from: quickly told, and enough to know that two contents differ. */
  get wrapped(): number {
    return this.#wrapped;
  }

  clear(): void {
    this.bytes = 0;
    this.units = 0;
    this.#wrapped = 0;
    this.#modular = 0;
  }

  /** Whether all of it is known, as far as lengths tell. */
  get isShort(): boolean {
    return this.units < V8_STRING_LIMIT && this.bytes < MOST_BYTES;
  }

  /** Adds a content in UTF-8 at the end. */
  append(content: Uint8Array, from: number, to: number): void {
    let [wrapped, modular, units] = [this.#wrapped, this.#modular, this.units];
    for (let at = from; at < to; at++) {
      const byte = content[at] as number;
      wrapped = (Math.imul(wrapped, BASE) + byte + 1) | 0;
      modular = reduce(modular * PRIME_BASE + byte + 1);
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    this.#wrapped = wrapped;
    this.#modular = modular;
    this.units = units;
    this.bytes += to - from;
  }

  /** Adds what one of the digests stands for at the end. Of short ones only. */
  appendDigest(digests: DigestColumns, index: number): void {
    const bytes = digests.bytes[index] as number;
    this.#wrapped =
      (Math.imul(this.#wrapped, WRAPPED_POWERS[bytes] as number) + (digests.wrapped[index] as number)) | 0;
    this.#modular = reduce(
      multiply(this.#modular, MODULAR_POWERS[bytes] as number) + (digests.modular[index] as number),
    );
    this.bytes += bytes;
    this.units += digests.units[index] as number;
  }

  store(digests: DigestColumns, index: number): void {
    digests.bytes[index] = this.bytes;
    digests.units[index] = this.units;
    digests.wrapped[index] = this.#wrapped;
    digests.modular[index] = this.#modular;
  }

  load(digests: DigestColumns, index: number): void {
    this.clear();
    this.appendDigest(digests, index);
  }
}

/** `wrapped` of a content, in a fraction of the time that all of the digest takes. */
export function wrappedOf(content: Uint8Array, from: number, to: number): number {
  let wrapped = 0;
  for (let at = from; at < to; at++) wrapped = (Math.imul(wrapped, BASE) + (content[at] as number) + 1) | 0;
  return wrapped;
}

/** Digests of many. */
export interface DigestColumns {
  readonly bytes: Uint32Array;
  readonly units: Uint32Array;
  readonly wrapped: Int32Array;
  readonly modular: Uint32Array;
}

/** The remainder of what is less than 2^53 for the prime, without a division. */
function reduce(number: number): number {
  const high = Math.floor(number / (PRIME + 1));
  const sum = number - high * (PRIME + 1) + high;
  return sum >= PRIME ? sum - PRIME : sum;
}

function multiply(a: number, b: number): number {
  const high = reduce(a * (b >>> 16));
  return reduce(high * 0x10000 + a * (b & 0xffff));
}

const WRAPPED_POWERS = new Int32Array(MOST_BYTES + 1);
const MODULAR_POWERS = new Uint32Array(MOST_BYTES + 1);
WRAPPED_POWERS[0] = 1;
MODULAR_POWERS[0] = 1;
for (let power = 1; power <= MOST_BYTES; power++) {
  WRAPPED_POWERS[power] = Math.imul(WRAPPED_POWERS[power - 1] as number, BASE);
  MODULAR_POWERS[power] = multiply(MODULAR_POWERS[power - 1] as number, PRIME_BASE);
}
