import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { type LinkedTree, NONE } from './linked-tree.ts';
import type { IndexIntoFunctionTable, NodeTable } from './profile.ts';

export interface DepthFirstNodes {
  readonly nodes: NodeTable;
  /** From a row of the file to the node. */
  readonly nodeOfRow: Uint32Array;
}

/**
 * Puts the nodes in depth-first order below one root. A file whose only parentless node is the root keeps it; any other
 * gets a root above all parentless nodes. @throws ProfileShapeError for a cycle, ProfileLimitError for a deep stack.
 */
export function toDepthFirstNodes(
  tree: LinkedTree,
  functionOfRow: Int32Array | Uint32Array | Float64Array,
  rootFunction: IndexIntoFunctionTable,
  maxDepth: number,
): DepthFirstNodes {
  const tops = parentless(tree);
  const [first] = tops;
  const ownRoot = tops.length !== 1 || first === undefined || functionOfRow[first] !== rootFunction;
  const walk = new Walk(tree, functionOfRow, maxDepth, ownRoot ? 1 : 0);
  if (ownRoot) walk.addRoot(rootFunction);
  for (const top of tops) walk.visitBelow(top);
  return walk.finish();
}

function parentless(tree: LinkedTree): number[] {
  const tops: number[] = [];
  for (let row = 0; row < tree.parent.length; row++) if (tree.parent[row] === NONE) tops.push(row);
  return tops;
}

class Walk {
  readonly #tree: LinkedTree;
  readonly #functionOfRow: Int32Array | Uint32Array | Float64Array;
  readonly #maxDepth: number;
  readonly #topDepth: number;
  readonly #parent: Int32Array;
  readonly #func: Uint32Array;
  readonly #depth: Uint16Array;
  readonly #nodeOfRow: Uint32Array;
  #count = 0;

  constructor(
    tree: LinkedTree,
    functionOfRow: Int32Array | Uint32Array | Float64Array,
    maxDepth: number,
    ownRoots: 0 | 1,
  ) {
    const rows = tree.parent.length;
    this.#tree = tree;
    this.#functionOfRow = functionOfRow;
    this.#maxDepth = maxDepth;
    this.#topDepth = ownRoots;
    this.#parent = new Int32Array(rows + ownRoots);
    this.#func = new Uint32Array(rows + ownRoots);
    this.#depth = new Uint16Array(rows + ownRoots);
    this.#nodeOfRow = new Uint32Array(rows);
  }

  addRoot(func: IndexIntoFunctionTable): void {
    this.#parent[0] = NONE;
    this.#func[0] = func;
    this.#count = 1;
  }

  /** Down to the first child, else on to the next sibling, else up: the links are the stack. */
  visitBelow(top: number): void {
    const { parent, firstChild, nextSibling } = this.#tree;
    let row = top;
    let depth = this.#topDepth;
    for (;;) {
      this.#visit(row, depth);
      if (firstChild[row] !== NONE) {
        row = firstChild[row] as number;
        depth++;
        continue;
      }
      while (row !== top && nextSibling[row] === NONE) {
        row = parent[row] as number;
        depth--;
      }
      if (row === top) return;
      row = nextSibling[row] as number;
    }
  }

  finish(): DepthFirstNodes {
    // Every row has one parent at most, so rows that no walk from the top reached can only run in a circle.
    if (this.#count < this.#parent.length)
      throw new ProfileShapeError('nodes', 'are children of each other in a circle');
    const nodes = { length: this.#count, parent: this.#parent, func: this.#func, depth: this.#depth };
    return { nodes, nodeOfRow: this.#nodeOfRow };
  }

  #visit(row: number, depth: number): void {
    if (depth > this.#maxDepth) throw new ProfileLimitError('frames in one stack', this.#maxDepth);
    const node = this.#count++;
    const above = this.#tree.parent[row] as number;
    if (above !== NONE) this.#parent[node] = this.#nodeOfRow[above] as number;
    else this.#parent[node] = this.#topDepth === 1 ? 0 : NONE;
    this.#func[node] = this.#functionOfRow[row] as number;
    this.#depth[node] = depth;
    this.#nodeOfRow[row] = node;
  }
}
