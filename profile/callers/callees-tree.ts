import type { CallTree } from '../call-tree/call-tree.ts';
import { putHeaviestFirst } from '../call-tree/heaviest-first.ts';
import { mergeStacks } from '../call-tree/merge-stacks.ts';
import { functionCountOf } from '../call-tree/tree-rows.ts';
import type { IndexIntoFunctionTable } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import { focusOnFrames } from '../transform/regroup.ts';

/**
 * One function below the root, with its total, and what it called below it, wherever it was called from. A stack in which it
 * stands several times counts once, from its outermost call.
 */
export function toCalleesTree(tree: CallTree, func: IndexIntoFunctionTable): CallTree {
  const selected = new Uint8Array(Math.max(functionCountOf(tree), func + 1));
  selected[func] = 1;
  const { stacks, rowOf } = focusOnFrames(tree, selected);
  const weights = { self: tree.self, count: tree.selfCount, idle: tree.idle };
  const scratch = new Scratch();
  const merged = mergeStacks({ stacks, rowOfNode: rowOf }, weights, scratch);
  const { tree: callees } = putHeaviestFirst(merged, scratch);
  scratch.giveBack();
  const leftOut = {
    value: merged.leftOut.value + tree.leftOut.value,
    count: merged.leftOut.count + tree.leftOut.count,
  };
  return { ...callees, idle: tree.idle, leftOut };
}
