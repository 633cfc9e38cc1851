export const NONE = -1;

/** A tree as linked rows in any order, not yet known to be without cycles. */
export interface LinkedTree {
  readonly parent: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/** Links the rows of one parent in their own order. */
export function linkTree(parent: Int32Array): LinkedTree {
  const firstChild = new Int32Array(parent.length).fill(NONE);
  const nextSibling = new Int32Array(parent.length).fill(NONE);
  // From the last row to the first, so that each list ends up in the order of the rows.
  for (let row = parent.length - 1; row >= 0; row--) {
    const above = parent[row] as number;
    if (above === NONE) continue;
    nextSibling[row] = firstChild[above] as number;
    firstChild[above] = row;
  }
  return { parent, firstChild, nextSibling };
}
