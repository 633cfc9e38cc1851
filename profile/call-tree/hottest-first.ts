import type { NodeTable } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import { mergeEqual } from '../transform/stacks.ts';
import { putHeaviestFirst } from './heaviest-first.ts';
import { sumUp } from './merge-stacks.ts';

interface Hottest {
  readonly nodes: NodeTable;
  /** From a node before to what it is now. */
  readonly nodeOf: Uint32Array;
}

/**
 * Makes one node of equal calls of equal callers, and puts nodes depth first with what most samples went through first. Trees are shown
 * in nearly that order whatever is chosen of the profile, so that making them walks along the memory, and of those very
 * nodes where nothing is to be transformed. `leaves`: the node of each sample.
 */
export function putHottestFirst(nodes: NodeTable, leaves: Uint32Array): Hottest {
  const { stacks, rowOf } = mergeEqual(nodes);
  const { length } = stacks;
  const scratch = new Scratch();
  // Nodes count as well, so that none is left out.
  const own = { self: scratch.float64(length), selfCount: scratch.uint32(length).fill(1) };
  for (let sample = 0; sample < leaves.length; sample++) {
    const row = rowOf[leaves[sample] as number] as number;
    own.self[row] = (own.self[row] as number) + 1;
  }
  const merged = { ...stacks, ...own, ...sumUp(stacks, own, scratch) };
  const { tree, placeOf } = putHeaviestFirst(merged, scratch);
  const nodeOf = Uint32Array.from(rowOf, (row) => placeOf[row] as number);
  scratch.giveBack();
  const { parent, func, depth } = tree;
  return { nodes: { length, parent, func, depth }, nodeOf };
}
