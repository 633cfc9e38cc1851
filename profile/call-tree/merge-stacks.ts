import type { Counts } from '../model/add-up.ts';
import { inBlocks, inBlocksFromEnd } from '../model/blocks.ts';
import type { Scratch } from '../model/scratch.ts';
import type { StackView } from '../transform/stack-view.ts';
import { LEFT_OUT, type Stacks } from '../transform/stacks.ts';
import type { Amount, NodeWeights } from './node-weights.ts';

/** Like a call tree, but in any order in which a parent stands before its children. */
export interface MergedStacks extends Stacks, SelfColumns, TotalColumns {}

/** By row. */
export interface SelfColumns {
  readonly self: Float64Array;
  readonly selfCount: Counts;
}

export interface TotalColumns {
  readonly total: Float64Array;
  readonly totalCount: Counts;
}

const NOTHING: Amount = { value: 0, count: 0 };

/** Gives every row what its nodes took themselves, and sums up from the leaves. All that is new of it is lent. */
export function mergeStacks(
  view: StackView,
  weights: NodeWeights,
  scratch: Scratch,
): MergedStacks & { readonly leftOut: Amount } {
  const { stacks } = view;
  const { leftOut, ...own } = sumRows(view.rowOfNode, stacks.length, weights, scratch);
  return { ...stacks, ...own, ...sumUp(stacks, own, scratch), leftOut };
}

/** What the nodes of each of so many rows took themselves. Where each node is a row, these are the weights: not to be written to. */
export function sumRows(
  rowOfNode: Int32Array | undefined,
  length: number,
  weights: NodeWeights,
  scratch: Scratch,
): SelfColumns & { readonly leftOut: Amount } {
  if (rowOfNode === undefined) return { ...ownOfNodes(length, weights, scratch), leftOut: NOTHING };
  const own = { self: scratch.float64(length), selfCount: scratch.like(weights.count, length) };
  const leftOut = { value: 0, count: 0 };
  inBlocks(rowOfNode.length, (first, end) => {
    addOwn(rowOfNode, weights, first, end, own, leftOut);
  });
  return { ...own, leftOut };
}

/** As many rows as nodes, or more of which no node is one. */
function ownOfNodes(length: number, { self, count }: NodeWeights, scratch: Scratch): SelfColumns {
  if (length === self.length) return { self, selfCount: count };
  const own = { self: scratch.float64(length), selfCount: scratch.like(count, length) };
  own.self.set(self);
  own.selfCount.set(count);
  return own;
}

function addOwn(
  rowOfNode: Int32Array,
  { self: selfOfNode, count: countOfNode }: NodeWeights,
  first: number,
  end: number,
  { self, selfCount }: SelfColumns,
  leftOut: { value: number; count: number },
): void {
  for (let node = first; node < end; node++) {
    const row = rowOfNode[node] as number;
    if (row === LEFT_OUT) {
      leftOut.value += selfOfNode[node] as number;
      leftOut.count += countOfNode[node] as number;
      continue;
    }
    self[row] = (self[row] as number) + (selfOfNode[node] as number);
    selfCount[row] = (selfCount[row] as number) + (countOfNode[node] as number);
  }
}

/** A parent stands before its children, so one pass from the end carries every value up to the root. */
export function sumUp({ length, parent }: Stacks, own: SelfColumns, scratch: Scratch): TotalColumns {
  const totals = { total: scratch.float64(length), totalCount: scratch.like(own.selfCount, length) };
  inBlocksFromEnd(length, (first, end) => carryUp(parent, own, first, end, totals));
  return totals;
}

function carryUp(
  parent: Int32Array,
  { self, selfCount }: SelfColumns,
  first: number,
  end: number,
  { total, totalCount }: TotalColumns,
): void {
  for (let row = end - 1; row >= first; row--) {
    const value = (total[row] as number) + (self[row] as number);
    const count = (totalCount[row] as number) + (selfCount[row] as number);
    total[row] = value;
    totalCount[row] = count;
    if (row === 0) return;
    const above = parent[row] as number;
    total[above] = (total[above] as number) + value;
    totalCount[above] = (totalCount[above] as number) + count;
  }
}

/** As wide as they are. */
export function countsLike(counts: Counts, length: number): Counts {
  return counts instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}
