import type { CallTree, IndexIntoCallTree } from '#profile/index.ts';
import type { FlameLayout } from './flame-layout.ts';
import { rangeOf, type ViewRange } from './view-range.ts';

export type Step = 'caller' | 'callee' | 'left' | 'right';

/** The box to go to from `row`; `row` itself where there is none. Callee: the heaviest. Left, right: the nearest box in the line. */
export function stepFrom(
  tree: CallTree,
  layout: FlameLayout,
  row: IndexIntoCallTree,
  step: Step,
): IndexIntoCallTree {
  switch (step) {
    case 'caller':
      return row === 0 ? 0 : (tree.parent[row] as number);
    case 'callee':
      return row + 1 < (tree.end[row] as number) ? row + 1 : row;
    case 'left':
      return neighbour(tree, layout, row, -1);
    case 'right':
      return neighbour(tree, layout, row, 1);
  }
}

function neighbour(
  tree: CallTree,
  layout: FlameLayout,
  row: IndexIntoCallTree,
  by: -1 | 1,
): IndexIntoCallTree {
  const depth = tree.depth[row] as number;
  const at = positionInLine(tree, layout, row) + by;
  if (at < (layout.depthStart[depth] as number) || at >= (layout.depthStart[depth + 1] as number)) return row;
  return layout.rows[at] as number;
}

/** Rows stand in each line in the order of the tree, so the row's own number can be searched for. */
function positionInLine(tree: CallTree, layout: FlameLayout, row: IndexIntoCallTree): number {
  const depth = tree.depth[row] as number;
  let low = layout.depthStart[depth] as number;
  let high = layout.depthStart[depth + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((layout.rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A box takes less than this of the view: nobody could see it. */
const VISIBLE_SHARE = 0.004;

/** The nearest caller (or the row itself) to zoom to so that the row is wide enough to be seen. */
export function findZoomShowing(tree: CallTree, row: IndexIntoCallTree): IndexIntoCallTree {
  const needed = (tree.total[row] as number) / VISIBLE_SHARE;
  let zoom = row;
  while (zoom > 0 && (tree.total[tree.parent[zoom] as number] as number) <= needed)
    zoom = tree.parent[zoom] as number;
  return zoom;
}

/** Whether the row can be seen in the view as it is. */
export function isShown(
  tree: CallTree,
  layout: FlameLayout,
  row: IndexIntoCallTree,
  range: ViewRange,
): boolean {
  const own = rangeOf(tree, layout, row);
  const seen = Math.min(own.to, range.to) - Math.max(own.from, range.from);
  return seen / (range.to - range.from) >= VISIBLE_SHARE;
}

/** From the root's callee to the row. */
export function callersOf(tree: CallTree, row: IndexIntoCallTree): IndexIntoCallTree[] {
  const rows: IndexIntoCallTree[] = [];
  for (let at = row; at > 0; at = tree.parent[at] as number) rows.push(at);
  return rows.reverse();
}
