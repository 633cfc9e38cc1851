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

  /** @throws ProfileLimitError for a deep stack */
  toNodes(
    functionOfFrame: (frame: number) => IndexIntoFunctionTable,
    root: IndexIntoFunctionTable,
  ): StackNodes {
    const func = this.#rows.column(1).map(functionOfFrame);
    const tree = linkTree(new Int32Array(this.#rows.column(0).buffer));
    const { nodes, nodeOfRow } = toDepthFirstNodes(tree, func, root, this.#limits.maxDepth);
    return { nodes, nodeOf: (row) => (row === NONE ? ROOT : (nodeOfRow[row] as number)) };
  }
}
