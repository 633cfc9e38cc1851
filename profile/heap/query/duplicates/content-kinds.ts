import { isRedactedText, V8_STRING_LIMIT } from '../../names/string-content.ts';
import type { OpenHeap } from '../open-heap.ts';

/** How much is known of a content. */
export const CONTENT = { plain: 1, redacted: 2, beginning: 3 } as const;

/** What is known of a content; each is looked at once. */
export class ContentKinds {
  readonly #heap: OpenHeap;
  readonly #kinds: Uint8Array;

  constructor(heap: OpenHeap) {
    this.#heap = heap;
    this.#kinds = new Uint8Array(heap.graph.strings.length);
  }

  kindOf(content: number): number {
    const known = this.#kinds[content] as number;
    if (known !== 0) return known;
    const { bytes, start } = this.#heap.graph.strings;
    const from = start[content] as number;
    const length = (start[content + 1] as number) - from;
    // Only these need to be made into texts: few of millions.
    const mayBeSpecial = length >= V8_STRING_LIMIT || bytes[from] === LESS_THAN;
    const kind = mayBeSpecial ? kindOfText(this.#heap.graph.strings.text(content)) : CONTENT.plain;
    this.#kinds[content] = kind;
    return kind;
  }
}

const LESS_THAN = 0x3c;

function kindOfText(text: string): number {
  if (isRedactedText(text)) return CONTENT.redacted;
  return text.length >= V8_STRING_LIMIT ? CONTENT.beginning : CONTENT.plain;
}
