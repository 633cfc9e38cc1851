import { ProfileLimitError, ProfileSyntaxError } from '../errors.ts';
import type { Bytes } from '../model/profile.ts';
import type { JsonSink } from './json-sink.ts';
import { StringScanner, UNFINISHED } from './string-scanner.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** What may come next. Plain numbers: the value is compared once per byte. */
const EXPECT_VALUE = 0;
const EXPECT_VALUE_OR_CLOSE = 1;
const EXPECT_KEY = 2;
const EXPECT_KEY_OR_CLOSE = 3;
const EXPECT_COLON = 4;
const EXPECT_COMMA_OR_CLOSE = 5;
const EXPECT_NOTHING = 6;

const WANTED = [
  'a value is missing',
  'a value is missing',
  'a key is missing',
  'a key is missing',
  'a ":" is missing',
  'a "," is missing',
  'there is text after the end of the profile',
];

/** A token that the end of a chunk cut. */
const WHOLE = 0;
const IN_STRING = 1;
const IN_WORD = 2;

/** Nesting that no flat format has; deeper is an attempt to exhaust memory. */
const FLAT_NESTING = 256;
/** Longer than any number a writer of doubles produces. */
const MAX_WORD_BYTES = 400;

/** What a double holds exactly, whatever the digits. */
const PLAIN_DIGITS = 15;

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const NOT_SKIPPING = -1;
/** Whether each that is open is an object: an object and a list in it. */
const OUTER_LIST = [1, 0];

/**
 * Reads JSON (RFC 8259) as it arrives, in chunks cut anywhere, and tells a sink what it finds. Never holds more of the
 * file than one token; whatever it is fed, it ends with a result or a `ProfileError` naming the byte.
 */
export class JsonTokenizer {
  readonly #sink: JsonSink;
  readonly #strings: StringScanner;
  #expect = EXPECT_VALUE;
  #pending = WHOLE;
  #word = '';
  #isObject = new Uint8Array(FLAT_NESTING);
  #nesting = 0;
  readonly #maxNesting: number;
  /** The nesting of the key whose value is not wanted. */
  #skippingAt = NOT_SKIPPING;
  #consumedBytes: Bytes = 0;
  /** How many bytes of a byte-order mark the file begins with. */
  #markBytes = 0;

  /** @param maxNesting for formats that nest as deep as what they tell of */
  constructor(sink: JsonSink, maxStringBytes: Bytes, maxNesting = FLAT_NESTING) {
    this.#sink = sink;
    this.#maxNesting = maxNesting;
    this.#strings = new StringScanner(maxStringBytes);
  }

  /**
   * One that begins in the middle of a file, behind a comma in a list of the outermost object, as another one may stand there
   * (`isInOuterList`).
   *
   * @param atByte where the first chunk begins in the file
   */
  static inOuterList(sink: JsonSink, maxStringBytes: Bytes, atByte: Bytes): JsonTokenizer {
    const tokenizer = new JsonTokenizer(sink, maxStringBytes);
    tokenizer.#isObject.set(OUTER_LIST);
    tokenizer.#nesting = OUTER_LIST.length;
    tokenizer.#consumedBytes = atByte;
    return tokenizer;
  }

  /** Whether it stands behind a comma in a list of the outermost object: all that it knows of what came before. */
  get isInOuterList(): boolean {
    const isThere =
      this.#nesting === OUTER_LIST.length && OUTER_LIST.every((is, at) => is === this.#isObject[at]);
    return (
      isThere && this.#expect === EXPECT_VALUE && this.#pending === WHOLE && this.#skippingAt === NOT_SKIPPING
    );
  }

  /** Bytes of all chunks before the current one. */
  get consumedBytes(): Bytes {
    return this.#consumedBytes;
  }

  push(chunk: Uint8Array): void {
    let at = this.#pending === WHOLE ? 0 : this.#resume(chunk);
    while (at < chunk.length) {
      const byte = chunk[at] as number;
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) at++;
      else if (this.#expect === EXPECT_COMMA_OR_CLOSE) at = this.#commaOrClose(byte, at);
      else if (this.#expect <= EXPECT_VALUE_OR_CLOSE) at = this.#value(chunk, byte, at);
      else at = this.#betweenValues(chunk, byte, at);
    }
    this.#consumedBytes += chunk.length;
  }

  end(): void {
    if (this.#pending === IN_WORD && this.#nesting === 0) this.#finishWord(0);
    if (this.#markBytes % BYTE_ORDER_MARK.length > 0)
      throw new ProfileSyntaxError('half a byte-order mark', 0);
    if (this.#pending !== WHOLE || this.#expect !== EXPECT_NOTHING) {
      throw new ProfileSyntaxError('the file ends too early', this.#consumedBytes);
    }
  }

  #fail(at: number): never {
    throw new ProfileSyntaxError(WANTED[this.#expect] ?? 'an unexpected character', this.#consumedBytes + at);
  }

  #resume(chunk: Uint8Array): number {
    if (this.#pending === IN_WORD) return this.#growWord(chunk, 0);
    const after = this.#strings.resume(chunk, 0, this.#consumedBytes);
    if (after === UNFINISHED) return chunk.length;
    this.#finishString();
    return after;
  }

  #value(chunk: Uint8Array, byte: number, at: number): number {
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (isDigit || byte === QUOTE) {
      const next = this.#takenAhead(chunk, at);
      if (next > at) {
        this.#expect = EXPECT_VALUE;
        return next;
      }
    }
    if (isDigit || byte === MINUS) return this.#number(chunk, at);
    switch (byte) {
      case QUOTE:
        return this.#string(chunk, at + 1);
      case OPEN_OBJECT:
        this.#open(1);
        return at + 1;
      case OPEN_ARRAY:
        this.#open(0);
        return at + 1;
      case CLOSE_ARRAY:
        if (this.#expect !== EXPECT_VALUE_OR_CLOSE) this.#fail(at);
        this.#close();
        return at + 1;
      default:
        if (this.#isMark(byte, at)) return at + 1;
        if (byte < 0x61 || byte > 0x7a) this.#fail(at);
        return this.#beginWord(chunk, at);
    }
  }

  /** Where the next value begins, after what the sink has taken by itself. */
  #takenAhead(chunk: Uint8Array, at: number): number {
    const inList = this.#isObject[this.#nesting - 1] === 0;
    if (!inList || this.#skippingAt !== NOT_SKIPPING) return at;
    return this.#sink.takeAhead?.(chunk, at, this.#consumedBytes) ?? at;
  }

  /** The mark that some editors put before UTF-8 says nothing, but is no JSON. */
  #isMark(byte: number, at: number): boolean {
    const offset = this.#consumedBytes + at;
    if (offset !== this.#markBytes || byte !== BYTE_ORDER_MARK[offset]) return false;
    this.#markBytes++;
    return true;
  }

  #betweenValues(chunk: Uint8Array, byte: number, at: number): number {
    if (this.#expect === EXPECT_COLON && byte === COLON) {
      this.#expect = EXPECT_VALUE;
      return at + 1;
    }
    if (this.#expect === EXPECT_KEY || this.#expect === EXPECT_KEY_OR_CLOSE) {
      if (byte === QUOTE) return this.#string(chunk, at + 1);
      if (byte === CLOSE_OBJECT && this.#expect === EXPECT_KEY_OR_CLOSE) {
        this.#close();
        return at + 1;
      }
    }
    this.#fail(at);
  }

  #commaOrClose(byte: number, at: number): number {
    const inObject = this.#isObject[this.#nesting - 1] === 1;
    if (byte === COMMA) this.#expect = inObject ? EXPECT_KEY : EXPECT_VALUE;
    else if (byte === (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) this.#close();
    else this.#fail(at);
    return at + 1;
  }

  #open(isObject: 0 | 1): void {
    if (this.#nesting === this.#maxNesting) throw new ProfileLimitError('nested values', this.#maxNesting);
    if (this.#nesting === this.#isObject.length) this.#isObject = doubled(this.#isObject);
    this.#isObject[this.#nesting++] = isObject;
    this.#expect = isObject === 1 ? EXPECT_KEY_OR_CLOSE : EXPECT_VALUE_OR_CLOSE;
    if (this.#skippingAt !== NOT_SKIPPING) return;
    if (isObject === 1) this.#sink.beginObject();
    else this.#sink.beginArray();
  }

  #close(): void {
    this.#nesting--;
    if (this.#skippingAt === NOT_SKIPPING) {
      if (this.#isObject[this.#nesting] === 1) this.#sink.endObject();
      else this.#sink.endArray();
    }
    this.#afterValue();
  }

  #afterValue(): void {
    if (this.#skippingAt === this.#nesting) this.#skippingAt = NOT_SKIPPING;
    this.#expect = this.#nesting === 0 ? EXPECT_NOTHING : EXPECT_COMMA_OR_CLOSE;
  }

  #string(chunk: Uint8Array, from: number): number {
    const keep = this.#skippingAt === NOT_SKIPPING;
    const after = this.#strings.begin(chunk, from, keep, this.#consumedBytes);
    if (after === UNFINISHED) {
      this.#pending = IN_STRING;
      return chunk.length;
    }
    this.#finishString();
    return after;
  }

  #finishString(): void {
    this.#pending = WHOLE;
    const { bytes, start, end } = this.#strings;
    const wanted = this.#skippingAt === NOT_SKIPPING;
    if (this.#expect === EXPECT_KEY || this.#expect === EXPECT_KEY_OR_CLOSE) {
      if (wanted && !this.#sink.key(bytes, start, end)) this.#skippingAt = this.#nesting;
      this.#expect = EXPECT_COLON;
      return;
    }
    if (wanted) this.#sink.string(bytes, start, end);
    this.#afterValue();
  }

  /**
   * The hot path of a profile: tens of millions of small integers, one after another in a list. Anything else goes the slow
   * way.
   */
  #number(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    const inList = this.#isObject[this.#nesting - 1] === 0;
    const wanted = this.#skippingAt === NOT_SKIPPING;
    const sink = this.#sink;
    const oneByOne = !inList || (wanted && sink.takeAhead !== undefined);
    let start = from;
    for (;;) {
      const negative = chunk[start] === MINUS;
      const digits = negative ? start + 1 : start;
      let at = digits;
      let value = 0;
      while (at < length) {
        const digit = (chunk[at] as number) - 0x30;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
        at++;
      }
      const next = at < length ? (chunk[at] as number) : 0x2e;
      const isPlain = next === COMMA || next === CLOSE_ARRAY || next === CLOSE_OBJECT || next <= 0x20;
      const count = at - digits;
      if (!isPlain || count === 0 || count > PLAIN_DIGITS || (count > 1 && chunk[digits] === 0x30)) {
        return this.#beginWord(chunk, start);
      }
      if (wanted) sink.number(negative ? -value : value, this.#consumedBytes + start);
      const follows = at + 1 < length ? (chunk[at + 1] as number) : 0;
      if (next !== COMMA || oneByOne || follows < 0x30 || follows > 0x39) {
        this.#afterValue();
        return at;
      }
      // As after any comma in a list, whatever it turns out to be.
      this.#expect = EXPECT_VALUE;
      start = at + 1;
    }
  }

  /** A number in full notation, `true`, `false` or `null`. */
  #beginWord(chunk: Uint8Array, from: number): number {
    this.#word = '';
    this.#pending = IN_WORD;
    return this.#growWord(chunk, from);
  }

  #growWord(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      const byte = chunk[at] as number;
      if (!isWordByte(byte)) {
        this.#finishWord(at);
        return at;
      }
      if (this.#word.length === MAX_WORD_BYTES) this.#failWord(at);
      this.#word += String.fromCharCode(byte);
      at++;
    }
    return at;
  }

  #finishWord(at: number): void {
    const word = this.#word;
    this.#pending = WHOLE;
    const wanted = this.#skippingAt === NOT_SKIPPING;
    if (NUMBER.test(word)) {
      if (wanted) this.#sink.number(Number(word), this.#consumedBytes + at - word.length);
    } else if (word === 'true' || word === 'false' || word === 'null') {
      if (wanted) this.#sink.literal(word === 'null' ? null : word === 'true');
    } else this.#failWord(at);
    this.#afterValue();
  }

  #failWord(at: number): never {
    throw new ProfileSyntaxError('a broken number or word', this.#consumedBytes + at - this.#word.length);
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Letters, digits, `.`, `+` and `-`: all that numbers and literals are made of. */
function isWordByte(byte: number): boolean {
  const lower = byte | 0x20;
  return (
    isDigit(byte) || (lower >= 0x61 && lower <= 0x7a) || byte === 0x2e || byte === 0x2b || byte === MINUS
  );
}

function doubled(flags: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(flags.buffer.transfer(flags.length * 2));
}
