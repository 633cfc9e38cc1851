import type { Steps } from '../../analysis/steps.ts';
import type { HeapPair } from '../../compare/heap-pair.ts';
import type { HeapQuery, HeapRetainerPathRow, HeapRows } from '../heap-query.ts';
import { RetainerTree } from '../retainer-tree/retainer-tree.ts';
import { retainerPathRows } from './retainer-paths.ts';

/** @throws HeapQueryError for a row that is not there */
export function* answerCompareHolders(
  pair: HeapPair,
  { className, path, page }: HeapQuery & { ask: 'compareHolders' },
): Steps<HeapRows<HeapRetainerPathRow>> {
  // It is kept for the next row that is opened, and counted as memory of the heap whose objects it has.
  const tree = yield* pair.later.answers.get(keyOf(pair, className), () => treeOf(pair, className));
  return yield* retainerPathRows(pair.later, tree, path, page);
}

/** The same class has other trees in comparison with other snapshots. */
function keyOf(pair: HeapPair, className: string): object {
  const keys = pair.keep(noKeys);
  const key = keys.get(className) ?? { className };
  keys.set(className, key);
  return key;
}

function noKeys(): Map<string, object> {
  return new Map();
}

function treeOf(pair: HeapPair, className: string): Steps<RetainerTree> {
  const found = pair.changed(className, 'new').slice();
  const grown = pair.changed(className, 'grown');
  const nodes = new Uint32Array(found.length + grown.length);
  nodes.set(found);
  nodes.set(grown, found.length);
  return RetainerTree.ofMany(pair.later, nodes, []);
}
