import { HeapQueryError } from '../../../errors.ts';
import { isString } from '../../names/string-content.ts';
import { StringParts } from '../../names/string-parts.ts';
import { type HeapAnswers, type HeapQuery, MAX_HEAP_TEXT } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';

/**
 * The content of a string from an offset on, put together from its parts; of anything else the name that V8 has for it, such as
 * the source of a regular expression.
 */
export function answerText(
  heap: OpenHeap,
  { object, offset }: HeapQuery & { ask: 'text' },
): HeapAnswers['text'] {
  if (!Number.isSafeInteger(offset) || offset < 0) throw new HeapQueryError(`begins at character ${offset}`);
  const { nodes, strings } = heap.cells.analysis.graph;
  const node = heap.nodeOf(object);
  if (!isString(nodes.type.get(node))) {
    const name = strings.text(nodes.name.get(node));
    const text = name.slice(offset, offset + MAX_HEAP_TEXT);
    return { text, length: name.length, extent: 'whole', isRedacted: false };
  }
  const parts = new StringParts(heap.cells.analysis.graph, heap.partNames);
  return {
    text: parts.read(node, offset, MAX_HEAP_TEXT),
    length: parts.lengthOf(node),
    extent: parts.extentOf(node),
    isRedacted: parts.isRedacted,
  };
}
