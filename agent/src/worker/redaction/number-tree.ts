import { ascii, isWhitespace, Malformed, type Section } from './malformed.ts';

/**
 * A section of numbers and arrays of numbers that the redaction has no use for: where functions stand, the tree of who
 * allocated. It passes as it is because it can hold no text, and that is checked here.
 */
export class NumberTree implements Section {
  #depth = 0;
  isDone = false;

  read(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length && !this.isDone; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === ascii.openBracket) this.#depth += 1;
      else if (byte === ascii.closeBracket) this.#close(at);
      else if (!(isWhitespace(byte) || (this.#depth > 0 && isOfNumbers(byte)))) {
        throw new Malformed(at, 'only numbers belong here');
      }
    }
    return at;
  }

  #close(at: number): void {
    if (this.#depth === 0) throw new Malformed(at, 'an array ends that did not begin');
    this.#depth -= 1;
    this.isDone = this.#depth === 0;
  }
}

function isOfNumbers(byte: number): boolean {
  return (byte >= ascii.zero && byte <= ascii.nine) || byte === ascii.comma || byte === ascii.minus;
}
