import { inRanges, type Steps } from '../../analysis/steps.ts';
import { NODE_TYPE } from '../../names/node-type.ts';
import type { OpenHeap } from '../open-heap.ts';
import { readConcatenated } from './concatenated-contents.ts';
import { CONTENT, ContentKinds } from './content-kinds.ts';
import { DuplicateGroups } from './duplicate-groups.ts';

/**
 * Groups strings by their content. V8 writes each content once and lets strings share it, so the content's index stands for it;
 * concatenated strings are compared by digests that follow from their parts. Of a long one the beginning alone is known: then only
 * strings of one size are taken for equal, and the group says so. A group of one is none: `countOf` tells.
 */
export function* findDuplicates(heap: OpenHeap): Steps<DuplicateGroups> {
  const { nodes } = heap.graph;
  const { shallowSize } = heap.analysis;
  const groups = new DuplicateGroups();
  const kinds = new ContentKinds(heap);
  const isMany = yield* findRepeated(heap);
  const known = new Map<number | string, number>();
  const concatenated = yield* readConcatenated(heap, kinds);
  const group = (node: number) => {
    if (nodes.type[node] !== NODE_TYPE.string) return;
    const content = nodes.name[node] as number;
    const bytes = shallowSize[node] as number;
    const kind = kinds.kindOf(content);
    if (kind === CONTENT.redacted) {
      groups.redactedCount += 1;
      groups.redactedBytes += bytes;
      return;
    }
    const key = kind === CONTENT.beginning ? `${content} ${bytes}` : content;
    let index = known.get(key);
    if (index === undefined) {
      const isShared = concatenated.haveContent(content);
      if (isMany[content] !== MANY && !isShared) return;
      index = groups.open(node, kind === CONTENT.beginning);
      known.set(key, index);
    }
    groups.add(index, bytes);
  };
  try {
    yield* inRanges(nodes.length, (from, to) => {
      for (let node = from; node < to; node++) group(node);
    });
    yield* concatenated.addTo(groups, known);
  } finally {
    concatenated.release();
  }
  heap.memory.hold(groups.weightBytes);
  return groups;
}

const ONCE = 1;
const MANY = 2;

/** By content: whether more than one string has it. */
function* findRepeated({ graph: { nodes, strings } }: OpenHeap): Steps<Uint8Array> {
  const seen = new Uint8Array(strings.length);
  yield* inRanges(nodes.length, (from, to) => {
    for (let node = from; node < to; node++) {
      if (nodes.type[node] !== NODE_TYPE.string) continue;
      const content = nodes.name[node] as number;
      seen[content] = seen[content] === 0 ? ONCE : MANY;
    }
  });
  return seen;
}
