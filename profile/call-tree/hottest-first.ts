import type { NodeTable } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import { SortedSiblings } from './sorted-siblings.ts';

interface Hottest {
  readonly nodes: NodeTable;
  /** From a node before to the same one now. */
  readonly nodeOf: Uint32Array;
}

/**
 * Puts nodes that stand depth first in another such order, what most samples went through first. Trees are shown in nearly that order
 * whatever is chosen of the profile, so that making them walks along the memory. `leaves`: the node of each sample.
 */
export function putHottestFirst({ length, parent, func, depth }: NodeTable, leaves: Uint32Array): Hottest {
  const scratch = new Scratch();
  const total = scratch.float64(length);
  for (let sample = 0; sample < leaves.length; sample++) {
    const leaf = leaves[sample] as number;
    total[leaf] = (total[leaf] as number) + 1;
  }
  const siblings = new SortedSiblings({ length, parent, func }, total, scratch);
  for (let node = length - 1; node > 0; node--) {
    const above = parent[node] as number;
    total[above] = (total[above] as number) + (total[node] as number);
    siblings.add(above, node, total[node] as number);
  }
  const { firstChild, nextSibling, rowsBelow } = siblings.finish();
  const nodeOf = new Uint32Array(length);
  const nodes = {
    length,
    parent: new Int32Array(length).fill(-1, 0, 1),
    func: new Uint32Array(length),
    depth: new Uint16Array(length),
  };
  for (let node = 0; node < length; node++) {
    const at = nodeOf[node] as number;
    nodes.func[at] = func[node] as number;
    nodes.depth[at] = depth[node] as number;
    let place = at + 1;
    for (let child = firstChild[node] as number; child !== 0; child = nextSibling[child] as number) {
      nodeOf[child] = place;
      nodes.parent[place] = at;
      place += (rowsBelow[child] as number) + 1;
    }
  }
  scratch.giveBack();
  return { nodes, nodeOf };
}
