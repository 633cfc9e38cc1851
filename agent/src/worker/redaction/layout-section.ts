import { ascii, isWhitespace, Malformed, type Section } from './malformed.ts';
import { parseLayout, type SnapshotLayout } from './snapshot-layout.ts';

/** A hundred times of what V8 writes. */
const mostBytes = 128 * 1024;

/** The section `snapshot`: the only one, besides the strings, that is more than numbers. Held as a whole, for it is small. */
export class LayoutSection implements Section {
  readonly #held: number[] = [];
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  layout: SnapshotLayout | undefined;

  get isDone(): boolean {
    return this.layout !== undefined;
  }

  read(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length && !this.isDone; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#depth === 0 && byte !== ascii.openBrace && !isWhitespace(byte)) {
        throw new Malformed(at, 'an object belongs here');
      }
      if (this.#held.push(byte) > mostBytes) throw new Malformed(at, `it is longer than ${mostBytes} bytes`);
      this.#follow(byte);
      if (this.#depth === 0 && byte === ascii.closeBrace) this.#parse(at);
    }
    return at;
  }

  #follow(byte: number): void {
    if (this.#isInText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === ascii.backslash) this.#isEscaped = true;
      else if (byte === ascii.quote) this.#isInText = false;
    } else if (byte === ascii.quote) this.#isInText = true;
    else if (byte === ascii.openBrace) this.#depth += 1;
    else if (byte === ascii.closeBrace) this.#depth -= 1;
  }

  #parse(at: number): void {
    this.layout = parseLayout(Buffer.from(this.#held).toString());
    if (!this.layout) throw new Malformed(at, 'it does not describe a heap snapshot');
  }
}
