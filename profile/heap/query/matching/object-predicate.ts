import { compareNumbers, type FilterTerm, type TextTest, testText } from '../../filter/heap-filter.ts';
import { type Predicate, unknownField } from '../../filter/to-predicate.ts';
import { NODE_TYPE } from '../../names/node-type.ts';
import { distanceOf, NO_DISTANCE } from '../../tables/distance.ts';
import type { OpenHeap } from '../open-heap.ts';
import type { TextSearches } from './text-searches.ts';

/** What a term asks of an object, once the searches are prepared. */
export function objectPredicate(heap: OpenHeap, term: FilterTerm, searches: TextSearches): Predicate {
  switch (term.kind) {
    case 'text': {
      const [ofClass, ofName] = [classPredicate(heap, term.test), searches.add(term.test)];
      return (node) => ofClass(node) || ofName(node);
    }
    case 'class':
      return classPredicate(heap, term.test);
    case 'name':
      return searches.add(term.test);
    case 'id': {
      const { id } = heap.graph.nodes;
      return (node) => id[node] === term.id;
    }
    case 'type': {
      const { type } = heap.graph.nodes;
      return (node) => type[node] === NODE_TYPE[term.type];
    }
    case 'detached':
      return (node) => heap.isDetached(node);
    case 'unreached':
      return (node) => distanceOf(heap.analysis, node) === NO_DISTANCE;
    case 'number':
      return numberPredicate(heap, term);
  }
}

function classPredicate({ classes: { names, classOf } }: OpenHeap, test: TextTest): Predicate {
  const isMatch = Uint8Array.from(names, (name) => Number(testText(test, name)));
  return (node) => isMatch[classOf[node] as number] === 1;
}

function numberPredicate({ analysis }: OpenHeap, term: FilterTerm & { kind: 'number' }): Predicate {
  const { comparison, value } = term;
  const compare = (column: ArrayLike<number>): Predicate => {
    return (node) => compareNumbers(comparison, column[node] as number, value);
  };
  switch (term.field) {
    case 'size':
      return compare(analysis.shallowSize);
    case 'retained':
      return compare(analysis.retainedSize);
    case 'distance':
      return (node) => {
        const distance = distanceOf(analysis, node);
        return distance !== NO_DISTANCE && compareNumbers(comparison, distance, value);
      };
    default:
      throw unknownField(term, 'class, name, type, id, size, retained, distance');
  }
}
