import type { CallTree } from '#profile/index.ts';

/** Where every row of the call tree lies: made once per tree, whatever part of it is looked at. */
export interface FlameLayout {
  /** The left edge of each row in the unit of `total`; a child begins where the sibling before it ends. */
  readonly start: Float64Array;
  /** The rows of the tree, depth by depth, each depth from left to right. */
  readonly rows: Uint32Array;
  /** Where each depth begins in `rows`; one more entry than there are depths. */
  readonly depthStart: Uint32Array;
}

export function toFlameLayout(tree: CallTree): FlameLayout {
  return { start: toStarts(tree), ...toRowsByDepth(tree) };
}

/** Depth-first order puts a parent before its children, and a child right after its older sibling's subtree. */
function toStarts({ length, parent, total }: CallTree): Float64Array {
  const start = new Float64Array(length);
  const nextChild = new Float64Array(length);
  for (let row = 1; row < length; row++) {
    const above = parent[row] as number;
    const at = nextChild[above] as number;
    start[row] = at;
    nextChild[row] = at;
    nextChild[above] = at + (total[row] as number);
  }
  return start;
}

function toRowsByDepth({ length, depth: depthOf, maxDepth }: CallTree): {
  rows: Uint32Array;
  depthStart: Uint32Array;
} {
  const depthStart = new Uint32Array(maxDepth + 2);
  for (let row = 0; row < length; row++) {
    const after = (depthOf[row] as number) + 1;
    depthStart[after] = (depthStart[after] as number) + 1;
  }
  for (let depth = 1; depth < depthStart.length; depth++) {
    depthStart[depth] = (depthStart[depth] as number) + (depthStart[depth - 1] as number);
  }
  const next = depthStart.slice();
  const rows = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    const depth = depthOf[row] as number;
    const at = next[depth] as number;
    rows[at] = row;
    next[depth] = at + 1;
  }
  return { rows, depthStart };
}
