import { BitSet } from './bit-set.ts';
import { ByteSink } from './byte-sink.ts';
import { ascii, isWhitespace, Malformed, type Section } from './malformed.ts';
import { lengthOf, redactName } from './name-rule.ts';
import type { Findings } from './row-section.ts';

/** V8 keeps 1024 characters of a name, at most 6 bytes each as it writes them. A longer one is no name. */
const mostNameBytes = 8 * 1024;
/** Too short to be data. */
const fewestJudgedBytes = 8;
/** Contents of every heap, by which V8 says that it tells no content. */
const fixedContents = [
  '',
  '<dummy>',
  '(concatenated string)',
  '(sliced string)',
  'heap number',
  'smi number',
  'bigint',
].map((text) => Buffer.from(text));
const longestFixed = Math.max(...fixedContents.map(({ length }) => length));

/** Behind a backslash: u and four digits, or one character. */
const escapedBytes = 5;

type Place = 'before' | 'first' | 'text' | 'closing' | 'behind' | 'next' | 'done';

/** The table of strings: names pass, contents become their length. */
export class StringSection implements Section {
  readonly #findings: Findings;
  readonly #sink = new ByteSink();
  readonly #lengths = new Map<number, Uint8Array>();
  #place: Place = 'before';
  count = 0;
  redactedCount = 0;
  // What is known of the string that a chunk ended in.
  #isName = false;
  #characters = 0;
  #escapedLeft = 0;
  /** Its beginning, as far as it is needed to judge it. */
  readonly #held = new Uint8Array(mostNameBytes);
  #heldBytes = 0;
  #isTooLong = false;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  get isDone(): boolean {
    return this.#place === 'done';
  }

  /** What is to be passed on in place of what was read. */
  take(): Uint8Array[] {
    return this.#sink.take();
  }

  read(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && !this.isDone) {
      at = this.#place === 'text' ? this.#readText(bytes, at) : this.#readGap(bytes, at);
    }
    return at;
  }

  /** What stands between strings, the quotes included, passes as it is. */
  #readGap(bytes: Uint8Array, from: number): number {
    let at = from;
    do this.#between(bytes[at] ?? 0, at++);
    while (at < bytes.length && this.#place !== 'text' && this.#place !== 'done');
    this.#sink.copy(bytes, from, at);
    return at;
  }

  #readText(bytes: Uint8Array, from: number): number {
    const end = this.#scan(bytes, from);
    this.#hold(bytes, from, end);
    if (end < bytes.length) this.#endText();
    // The closing quote belongs to the gap.
    return end;
  }

  #between(byte: number, at: number): void {
    if (isWhitespace(byte)) return;
    const place = this.#place;
    if (place === 'closing') this.#place = 'behind';
    else if (place === 'before' && byte === ascii.openBracket) this.#place = 'first';
    else if ((place === 'first' || place === 'next') && byte === ascii.quote) this.#beginText();
    else if (place === 'behind' && byte === ascii.comma) this.#place = 'next';
    else if ((place === 'first' || place === 'behind') && byte === ascii.closeBracket) this.#place = 'done';
    else throw new Malformed(at, 'this is no array of strings');
  }

  #beginText(): void {
    this.#place = 'text';
    this.#isName = this.#findings.names.has(this.count);
    this.#characters = 0;
    this.#heldBytes = 0;
    this.#isTooLong = false;
  }

  /** Counts characters up to the closing quote, whose index it returns, or up to the end of the chunk. */
  #scan(bytes: Uint8Array, from: number): number {
    let characters = this.#characters;
    let escaped = this.#escapedLeft;
    let at = from;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (escaped > 0) {
        escaped = afterEscaped(byte, escaped, at);
      } else if (byte === ascii.backslash) {
        escaped = escapedBytes;
        characters += 1;
      } else if (byte === ascii.quote) {
        break;
      } else if (byte < ascii.space) {
        throw new Malformed(at, 'a line ends within a string');
      } else if ((byte & 0xc0) !== 0x80) {
        characters += byte >= 0xf0 ? 2 : 1;
      }
    }
    this.#characters = characters;
    this.#escapedLeft = escaped;
    return at;
  }

  #hold(bytes: Uint8Array, from: number, to: number): void {
    const most = this.#isName ? mostNameBytes : longestFixed + 1;
    const count = Math.min(to - from, most - this.#heldBytes);
    for (let i = 0; i < count; i++) this.#held[this.#heldBytes + i] = bytes[from + i] ?? 0;
    this.#heldBytes += count;
    if (count < to - from) this.#isTooLong = true;
  }

  #endText(): void {
    if (this.#isName && !this.#isTooLong) this.#passName();
    else if (this.#isFixed()) this.#sink.copy(this.#held, 0, this.#heldBytes);
    else this.#passLength();
    this.count += 1;
    this.#place = 'closing';
  }

  #passName(): void {
    const replacement = this.#heldBytes < fewestJudgedBytes ? undefined : this.#judge();
    if (replacement === undefined) {
      this.#sink.copy(this.#held, 0, this.#heldBytes);
      return;
    }
    const bytes = Buffer.from(replacement);
    this.#sink.copy(bytes, 0, bytes.length);
    this.redactedCount += 1;
  }

  #judge(): string | undefined {
    const name = Buffer.from(this.#held.buffer, 0, this.#heldBytes).toString();
    return redactName(name, this.count, (nodeId) => {
      const half = Math.floor(nodeId / 2);
      return half >= BitSet.end || this.#findings.contentIds.has(half);
    });
  }

  #passLength(): void {
    let bytes = this.#lengths.get(this.#characters);
    if (!bytes) {
      bytes = Buffer.from(lengthOf(this.#characters));
      if (this.#lengths.size < 2048) this.#lengths.set(this.#characters, bytes);
    }
    this.#sink.copy(bytes, 0, bytes.length);
    this.redactedCount += 1;
  }

  #isFixed(): boolean {
    const held = this.#held;
    return fixedContents.some(
      (fixed) => fixed.length === this.#heldBytes && fixed.every((byte, index) => byte === held[index]),
    );
  }
}

/** How many bytes of an escape are left after this one. */
function afterEscaped(byte: number, left: number, at: number): number {
  if (left < escapedBytes) {
    if (!isHex(byte)) throw new Malformed(at, 'an escape is not whole');
    return left - 1;
  }
  if (byte === ascii.u) return left - 1;
  if (!escapable.has(byte)) throw new Malformed(at, 'there is no such escape');
  return 0;
}

const escapable = new Set(Buffer.from('"\\/bfnrt'));

function isHex(byte: number): boolean {
  const small = byte | 0x20;
  return (byte >= ascii.zero && byte <= ascii.nine) || (small >= 0x61 && small <= 0x66);
}
