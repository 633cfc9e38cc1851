import { ProfileLimitError } from '../errors.ts';
import { toDepthFirstNodes } from './depth-first-nodes.ts';
import { linkTree, NONE } from './linked-tree.ts';
import type { IndexIntoFunctionTable, NodeTable, ProfileLimits } from './profile.ts';
import { TupleTable } from './tuple-table.ts';

export interface StackNodes {
  readonly nodes: NodeTable;
  /** From a row, or `NONE` for the empty stack, to its leaf. */
  nodeOf(row: number): number;
}

const ROOT = 0;

/** Stacks that a file tells frame by frame, from the root on: each is kept once, as the row of its leaf. */
export class StackRows {
  /** (row of the caller or `NONE`, frame); a caller stands before what it calls. */
  readonly #rows = new TupleTable(2);
  readonly #limits: ProfileLimits;

  constructor(limits: ProfileLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#rows.length;
  }

  /** @param above `NONE` for a frame that nothing called. @throws ProfileLimitError */
  intern(above: number, frame: number): number {
    const row = this.#rows.intern(above, frame);
    if (row >= this.#limits.maxNodes) throw new ProfileLimitError('nodes', this.#limits.maxNodes);
    return row;
  }

  /**
   * A root that a file writes as the first frame of its stacks is the one above all stacks.
   *
   * @throws ProfileLimitError for a deep stack
   */
  toNodes(
    functionOfFrame: (frame: number) => IndexIntoFunctionTable,
    root: IndexIntoFunctionTable,
  ): StackNodes {
    const func = this.#rows.column(1).map(functionOfFrame);
    const parent = new Int32Array(this.#rows.column(0).buffer);
    const isRoot = liftAboveRoot(parent, func, root);
    const { nodes, nodeOfRow } = toDepthFirstNodes(linkTree(parent), func, root, this.#limits.maxDepth);
    return {
      nodes,
      nodeOf: (row) => (row === NONE || isRoot[row] === 1 ? ROOT : (nodeOfRow[row] as number)),
    };
  }
}

/** What such a root calls is called by nothing. @returns 1 for each row that is one */
function liftAboveRoot(parent: Int32Array, func: Uint32Array, root: IndexIntoFunctionTable): Uint8Array {
  const isRoot = new Uint8Array(parent.length);
  for (let row = 0; row < parent.length; row++) {
    if (isRoot[parent[row] as number] === 1) parent[row] = NONE;
    if (parent[row] === NONE && func[row] === root) isRoot[row] = 1;
  }
  return isRoot;
}
