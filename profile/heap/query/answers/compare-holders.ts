import type { HeapPair } from '../../compare/heap-pair.ts';
import type { HeapQuery, HeapRetainerPathRow, HeapRows } from '../heap-query.ts';
import { RetainerTree } from '../retainer-tree/retainer-tree.ts';
import { retainerPathRows } from './retainer-paths.ts';

/** @throws HeapQueryError for a row that is not there */
export function answerCompareHolders(
  pair: HeapPair,
  { className, path, page }: HeapQuery & { ask: 'compareHolders' },
): HeapRows<HeapRetainerPathRow> {
  const last = pair.keep(noTree);
  if (last.className !== className || last.tree === undefined) {
    last.tree = treeOf(pair, className);
    last.className = className;
  }
  return retainerPathRows(pair.later, last.tree, path, page);
}

/** The tree that was asked for last is kept for the next row that is opened. */
function noTree(): { className: string; tree: RetainerTree | undefined } {
  return { className: '', tree: undefined };
}

function treeOf(pair: HeapPair, className: string): RetainerTree {
  const found = pair.changed(className, 'new').slice();
  const grown = pair.changed(className, 'grown');
  const nodes = new Uint32Array(found.length + grown.length);
  nodes.set(found);
  nodes.set(grown, found.length);
  return RetainerTree.ofMany(pair.later, nodes, []);
}
