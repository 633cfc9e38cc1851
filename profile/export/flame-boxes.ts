import type { CallTree, IndexIntoCallTree } from '../call-tree/call-tree.ts';

/** A call, or several narrow ones beside each other that one function called. */
export interface FlameBox {
  readonly left: number;
  readonly right: number;
  readonly depth: number;
  /** The call, or the first of them. */
  readonly row: IndexIntoCallTree;
  /** How many calls it stands for; 1 for a call of its own. */
  readonly calls: number;
  readonly total: number;
}

export interface FlameBoxOptions {
  readonly tree: CallTree;
  /** Shares of the width from 0 to 1. */
  readonly range: { readonly from: number; readonly to: number };
  readonly width: number;
  /** Narrower calls are put together, and what they called is not looked at. */
  readonly narrowest: number;
}

/** The boxes of a flame graph in the order of the tree, cut to the range. */
export function* toFlameBoxes({ tree, range, width, narrowest }: FlameBoxOptions): Generator<FlameBox> {
  const all = tree.total[0] as number;
  if (!(all > 0) || !(range.to > range.from)) return;
  const scale = width / (all * (range.to - range.from));
  const offset = range.from * all;
  const nextStart = new Float64Array(tree.length);
  let run: FlameBox | undefined;
  let row = 0;
  while (row < tree.length) {
    const parent = tree.parent[row] as number;
    const total = tree.total[row] as number;
    const start = parent < 0 ? 0 : (nextStart[parent] as number);
    nextStart[row] = start;
    if (parent >= 0) nextStart[parent] = start + total;
    const left = Math.max(0, (start - offset) * scale);
    const right = Math.min(width, (start + total - offset) * scale);
    if (run !== undefined && tree.parent[run.row] !== parent) {
      yield run;
      run = undefined;
    }
    if (right <= 0 || left >= width || !(right > left)) {
      row = tree.end[row] as number;
    } else if (total * scale < narrowest) {
      const depth = tree.depth[row] as number;
      run =
        run === undefined
          ? { left, right, depth, row, calls: 1, total }
          : { ...run, right, calls: run.calls + 1, total: run.total + total };
      row = tree.end[row] as number;
    } else {
      if (run !== undefined) yield run;
      run = undefined;
      yield { left, right, depth: tree.depth[row] as number, row, calls: 1, total };
      row++;
    }
  }
  if (run !== undefined) yield run;
}
