import type { DevToolsSnapshot } from '../peers/devtools-heap.ts';
import type { OpenedClass } from './opened.ts';

const ROOT = 0;

/**
 * The classes of DevTools by the names that it gives objects. Its own table says less: it has a row for each place where classes of one
 * name were defined, and where the node of a class shares its name with another kind of node it keeps one of the two.
 */
export function classesByName(snapshot: DevToolsSnapshot): OpenedClass[] {
  const { retainedSizes, firstDominatedNodeIndex, dominatedNodes, nodeFieldCount } = snapshot;
  const classes = new Map<
    string,
    { count: number; shallowBytes: number; retainedBytes: number; open: number }
  >();
  const node = snapshot.createNode(ROOT);
  const waiting: (number | { open: number })[] = [ROOT];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'number') {
      next.open--;
      continue;
    }
    node.nodeIndex = next * nodeFieldCount;
    const size = node.selfSize();
    // What has no size of its own belongs to another object, and is in no class.
    if (size > 0) {
      const name = node.className();
      const found = classes.get(name) ?? { count: 0, shallowBytes: 0, retainedBytes: 0, open: 0 };
      classes.set(name, found);
      found.count++;
      found.shallowBytes += size;
      if (found.open === 0) found.retainedBytes += retainedSizes[next] ?? 0;
      found.open++;
      waiting.push(found);
    }
    const end = firstDominatedNodeIndex[next + 1] ?? 0;
    for (let at = firstDominatedNodeIndex[next] ?? 0; at < end; at++)
      waiting.push((dominatedNodes[at] ?? 0) / nodeFieldCount);
  }
  return [...classes].map(([name, { count, shallowBytes, retainedBytes }]) => ({
    name,
    count,
    shallowBytes,
    retainedBytes,
  }));
}
