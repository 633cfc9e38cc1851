import { inRanges, type Steps } from '../../analysis/steps.ts';
import { NODE_TYPE } from '../../names/node-type.ts';
import { isRedactedText, V8_STRING_LIMIT } from '../../names/string-content.ts';
import { StringParts } from '../../names/string-parts.ts';
import type { OpenHeap } from '../open-heap.ts';
import { DuplicateGroups } from './duplicate-groups.ts';

/** Concatenated strings that are put together to be compared. */
const MOST_CONCATENATED = 200_000;
const STEP_STRINGS = 1024;

/**
 * Groups strings by their content. V8 writes each content once and lets strings share it, so the content's index stands for it;
 * of concatenated strings it is put together. Of a long one the beginning alone is known: then only strings of one size are
 * taken for equal, and the group says so. A group of one is none: `countOf` tells.
 */
export function* findDuplicates(heap: OpenHeap): Steps<DuplicateGroups> {
  const { nodes } = heap.graph;
  const { shallowSize } = heap.analysis;
  const groups = new DuplicateGroups();
  const kinds = new ContentKinds(heap);
  const isMany = findRepeated(heap);
  const known = new Map<number | string, number>();
  const concatenated = yield* readConcatenated(heap);
  const group = (node: number) => {
    if (nodes.type[node] !== NODE_TYPE.string) return;
    const content = nodes.name[node] as number;
    const bytes = shallowSize[node] as number;
    const kind = kinds.kindOf(content);
    if (kind === REDACTED) {
      groups.redactedCount += 1;
      groups.redactedBytes += bytes;
      return;
    }
    const key = kind === BEGINNING ? `${content} ${bytes}` : content;
    let index = known.get(key);
    if (index === undefined) {
      const isShared = concatenated.haveContent(content);
      if (isMany[content] !== MANY && !isShared) return;
      index = groups.open(node, kind === BEGINNING);
      known.set(key, index);
    }
    groups.add(index, bytes);
  };
  yield* inRanges(nodes.length, (from, to) => {
    for (let node = from; node < to; node++) group(node);
  });
  concatenated.addTo(groups, known);
  return groups;
}

const ONCE = 1;
const MANY = 2;

/** By content: whether more than one string has it. */
function findRepeated({ graph: { nodes, strings } }: OpenHeap): Uint8Array {
  const seen = new Uint8Array(strings.length);
  for (let node = 0; node < nodes.length; node++) {
    if (nodes.type[node] !== NODE_TYPE.string) continue;
    const content = nodes.name[node] as number;
    seen[content] = seen[content] === 0 ? ONCE : MANY;
  }
  return seen;
}

const PLAIN = 1;
const REDACTED = 2;
const BEGINNING = 3;

/** What is known of a content; each is looked at once. */
class ContentKinds {
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
    const kind = mayBeSpecial ? kindOfText(this.#heap.graph.strings.text(content)) : PLAIN;
    this.#kinds[content] = kind;
    return kind;
  }
}

const LESS_THAN = 0x3c;

function kindOfText(text: string): number {
  if (isRedactedText(text)) return REDACTED;
  return text.length >= V8_STRING_LIMIT ? BEGINNING : PLAIN;
}

/** Concatenated strings by what they say. */
function* readConcatenated(heap: OpenHeap): Steps<Concatenated> {
  const { nodes } = heap.graph;
  const found = new Concatenated(heap);
  let left = MOST_CONCATENATED;
  for (let node = 0; node < nodes.length && left > 0; node++) {
    if (nodes.type[node] !== NODE_TYPE['concatenated string']) continue;
    left -= 1;
    found.read(node);
    if (left % STEP_STRINGS === 0) yield node / nodes.length;
  }
  return found;
}

class Concatenated {
  readonly #heap: OpenHeap;
  readonly #nodesByText = new Map<string, number[]>();
  /** Contents that are as long as one of them, in bytes: only those can be the same. */
  readonly #lengths = new Set<number>();
  readonly #contents = new Map<string, number>();

  constructor(heap: OpenHeap) {
    this.#heap = heap;
  }

  read(node: number): void {
    const parts = new StringParts(this.#heap.graph, this.#heap.partNames);
    // A string that V8 has made flat holds its content as a part of its own: it is no second copy.
    if (parts.isFlat(node)) return;
    const text = parts.begin(node, V8_STRING_LIMIT);
    if (text.length >= V8_STRING_LIMIT || parts.isRedacted || parts.extentSoFar !== 'whole') return;
    const nodes = this.#nodesByText.get(text);
    if (nodes === undefined) this.#nodesByText.set(text, [node]);
    else nodes.push(node);
    this.#lengths.add(utf8Length(text));
  }

  /** Whether one of them says the same as a content does; it is remembered. */
  haveContent(content: number): boolean {
    const { strings } = this.#heap.graph;
    const length = (strings.start[content + 1] as number) - (strings.start[content] as number);
    if (!this.#lengths.has(length)) return false;
    const text = strings.text(content);
    if (!this.#nodesByText.has(text)) return false;
    this.#contents.set(text, content);
    return true;
  }

  addTo(groups: DuplicateGroups, known: Map<number | string, number>): void {
    const { shallowSize } = this.#heap.analysis;
    for (const [text, nodes] of this.#nodesByText) {
      const content = this.#contents.get(text);
      const group =
        (content === undefined ? undefined : known.get(content)) ?? groups.open(nodes[0] ?? 0, false);
      for (const node of nodes) groups.add(group, shallowSize[node] as number);
    }
  }
}

function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Half of a pair is two of four bytes.
    if (unit >= 0xd800 && unit <= 0xdfff) length += 1;
    else if (unit > 0x7f) length += unit > 0x7ff ? 2 : 1;
  }
  return length;
}
