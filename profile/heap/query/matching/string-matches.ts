import { type TextTest, testText } from '../../filter/heap-filter.ts';
import type { HeapStrings } from '../../model/heap-graph.ts';

/** Longer texts are searched in their beginning. */
const MOST_CHARACTERS = 4096;
const YES = 1;
const NO = 2;

/** Tests each string once, when it is first asked about. */
export class StringMatches {
  readonly #strings: HeapStrings;
  readonly #test: TextTest;
  readonly #known: Uint8Array;

  constructor(strings: HeapStrings, test: TextTest) {
    this.#strings = strings;
    this.#test = test;
    this.#known = new Uint8Array(strings.length);
  }

  has(string: number): boolean {
    const known = this.#known[string];
    if (known !== 0) return known === YES;
    const isMatch = testText(this.#test, this.#strings.text(string).slice(0, MOST_CHARACTERS));
    this.#known[string] = isMatch ? YES : NO;
    return isMatch;
  }
}
