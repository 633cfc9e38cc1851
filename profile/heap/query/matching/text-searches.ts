import type { Steps } from '../../analysis/steps.ts';
import { type TextTest, testText } from '../../filter/heap-filter.ts';
import type { Predicate } from '../../filter/to-predicate.ts';
import { NODE_TYPE } from '../../names/node-type.ts';
import { V8_STRING_LIMIT } from '../../names/string-content.ts';
import { StringParts } from '../../names/string-parts.ts';
import { concatenatedStrings, type OpenHeap } from '../open-heap.ts';
import { ConcatenatedMatches } from './concatenated-matches.ts';
import { StringMatches } from './string-matches.ts';

/**
 * All searches for texts that a filter makes among objects. Prepared they know at once of each string whether it matches; that pays
 * for whoever asks about many, and is to be released after. Else each is put together when it is asked about.
 */
export class TextSearches {
  readonly #heap: OpenHeap;
  readonly #tests: { readonly matches: StringMatches; concatenated: ConcatenatedMatches | undefined }[] = [];

  constructor(heap: OpenHeap) {
    this.#heap = heap;
  }

  /** Whether V8's name of an object matches; of a string, its content. */
  add(test: TextTest): Predicate {
    const { graph, cells, partNames } = this.#heap;
    const { name, type } = graph.nodes;
    const matches = new StringMatches(graph.strings, test);
    const search = { matches, concatenated: undefined as ConcatenatedMatches | undefined };
    this.#tests.push(search);
    return (node) =>
      type[node] === NODE_TYPE['concatenated string']
        ? (search.concatenated?.has(node) ??
          testText(test, new StringParts(cells.analysis.graph, partNames).begin(node, V8_STRING_LIMIT)))
        : matches.has(name[node] as number);
  }

  *prepare(): Steps<void> {
    if (this.#tests.length === 0) return;
    const strings = yield* this.#heap.keeping(concatenatedStrings);
    for (const search of this.#tests) {
      search.concatenated = new ConcatenatedMatches(this.#heap, strings, search.matches);
      yield* search.concatenated.prepare();
    }
  }

  release(): void {
    for (const { concatenated } of this.#tests) concatenated?.release();
  }
}
