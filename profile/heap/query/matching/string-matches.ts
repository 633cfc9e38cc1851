import { type TextTest, testText } from '../../filter/heap-filter.ts';
import type { HeapStrings } from '../../model/heap-graph.ts';

/** Longer texts are searched in their beginning. */
export const MOST_BYTES = 4096;
const YES = 1;
const NO = 2;

/** Tests each string once, when it is first asked about; most of them as the bytes that they are, which takes a tenth of the time. */
export class StringMatches {
  readonly #strings: HeapStrings;
  readonly #test: TextTest;
  /** Of a word in ASCII: its letters, small. */
  readonly #word: Uint8Array | undefined;
  /** Of a text that is to be the whole. */
  readonly #whole: Uint8Array | undefined;
  readonly #known: Uint8Array;

  constructor(strings: HeapStrings, test: TextTest) {
    this.#strings = strings;
    this.#test = test;
    if (test.kind === 'contains' && !/[^\0-\x7f]/.test(test.text)) {
      this.#word = new TextEncoder().encode(test.text);
    }
    if (test.kind === 'is') this.#whole = new TextEncoder().encode(test.text);
    this.#known = new Uint8Array(strings.length);
  }

  /** In bytes, of a word in ASCII. */
  get wordLength(): number | undefined {
    return this.#word?.length;
  }

  has(string: number): boolean {
    const known = this.#known[string];
    if (known !== 0) return known === YES;
    const isMatch = this.#look(string);
    this.#known[string] = isMatch ? YES : NO;
    return isMatch;
  }

  #look(string: number): boolean {
    const { bytes, start } = this.#strings;
    return this.isIn(bytes, start[string] as number, start[string + 1] as number);
  }

  /** Whether a text in UTF-8 matches. */
  isIn(bytes: Uint8Array, from: number, end: number): boolean {
    if (this.#whole !== undefined) return isWhole(bytes, from, end, this.#whole);
    const to = Math.min(end, from + MOST_BYTES);
    if (this.#word !== undefined) return containsWord(bytes, from, to, this.#word);
    const found = this.#test.kind === 'pattern' ? this.#test.pattern.testBytes(bytes, from, to) : undefined;
    return found ?? testText(this.#test, decoder.decode(bytes.subarray(from, to)));
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function isWhole(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  if (to - from !== text.length) return false;
  for (let at = 0; at < text.length; at++) if (bytes[from + at] !== text[at]) return false;
  return true;
}

/** Whether it stands there in capitals or not. */
function containsWord(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  const last = to - word.length;
  const first = word[0];
  for (let at = from; at <= last; at++) {
    if (first !== undefined && toSmall(bytes[at] as number) !== first) continue;
    let length = 1;
    while (length < word.length && toSmall(bytes[at + length] as number) === word[length]) length++;
    if (length >= word.length) return true;
  }
  return false;
}

function toSmall(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
