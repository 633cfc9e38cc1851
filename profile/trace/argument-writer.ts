/** Of one event; what is beyond is cut off. */
const MOST_BYTES = 4_096;
const DEEPEST = 8;
const DOT = 0x2e;
const MARK = new TextEncoder().encode('…');

/**
 * Writes the arguments of an event down as texts, key by key and value by value, each ended by a zero: `data.url`, `/login`.
 * What is nested has the keys around it before its own; what is in a list has its number.
 */
export class ArgumentWriter {
  readonly bytes = new Uint8Array(MOST_BYTES + 64);
  length = 0;
  readonly #path = new Uint8Array(1_024);
  #pathLength = 0;
  /** By depth: where the path of what is inside begins, and which of a list is next, -1 in an object. */
  readonly #bases: number[] = [];
  readonly #next: number[] = [];
  #isFull = false;
  /** No number is longer. */
  readonly #word = new Uint8Array(32);

  clear(): void {
    this.length = 0;
    this.#pathLength = 0;
    this.#bases.length = 0;
    this.#next.length = 0;
    this.#isFull = false;
  }

  get depth(): number {
    return this.#bases.length;
  }

  enter(isList: boolean): void {
    this.#toNextOfList();
    this.#bases.push(this.#pathLength);
    this.#next.push(isList ? 0 : -1);
  }

  leave(): void {
    this.#pathLength = this.#bases.pop() ?? 0;
    this.#next.pop();
  }

  key(bytes: Uint8Array, start: number, end: number): void {
    this.#pathLength = this.#bases.at(-1) ?? 0;
    if (this.#pathLength > 0 && this.#pathLength < this.#path.length) this.#path[this.#pathLength++] = DOT;
    this.#toPath(bytes, start, end);
  }

  value(bytes: Uint8Array, start: number, end: number): void {
    this.#toNextOfList();
    if (this.#bases.length > DEEPEST) return;
    const needed = this.#pathLength + end - start + 2;
    if (this.#isFull || this.length + needed > MOST_BYTES) this.#fill();
    else {
      this.#write(this.#path, 0, this.#pathLength);
      this.#write(bytes, start, end);
    }
  }

  /** A value of ASCII letters alone: a number, `true`, `false`. Their codes are written as they are, which an encoder takes ten times as long for. */
  word(text: string): void {
    for (let at = 0; at < text.length; at++) this.#word[at] = text.charCodeAt(at);
    this.value(this.#word, 0, text.length);
  }

  #toNextOfList(): void {
    const depth = this.#next.length - 1;
    const next = this.#next[depth];
    if (next === undefined || next < 0) return;
    this.#next[depth] = next + 1;
    this.#pathLength = this.#bases[depth] as number;
    const text = ascii(`[${next}]`);
    this.#toPath(text, 0, text.length);
  }

  #toPath(bytes: Uint8Array, start: number, end: number): void {
    const length = Math.min(end - start, this.#path.length - this.#pathLength);
    this.#path.set(bytes.subarray(start, start + length), this.#pathLength);
    this.#pathLength += length;
  }

  #write(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      // A zero of the file's own would end the text.
      this.bytes[this.length++] = byte === 0 ? 0x20 : byte;
    }
    this.bytes[this.length++] = 0;
  }

  #fill(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    this.#write(MARK, 0, MARK.length);
    this.#write(MARK, 0, 0);
  }
}

const encoder = new TextEncoder();

export function ascii(text: string): Uint8Array {
  return encoder.encode(text);
}
