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
  const last = pair.keep(noTree);
  const tree = last.className === className && last.tree ? last.tree : yield* treeOf(pair, className);
  Object.assign(last, { className, tree });
  return yield* retainerPathRows(pair.later, tree, path, page);
}

/** The tree that was asked for last is kept for the next row that is opened. */
function noTree(): { className: string; tree: RetainerTree | undefined } {
  return { className: '', tree: undefined };
}

function treeOf(pair: HeapPair, className: string): Steps<RetainerTree> {
  const found = pair.changed(className, 'new').slice();
  const grown = pair.changed(className, 'grown');
  const nodes = new Uint32Array(found.length + grown.length);
  nodes.set(found);
  nodes.set(grown, found.length);
  return RetainerTree.ofMany(pair.later, nodes, []);
}
