// Usage: node devtools-process.ts BUNDLE
import { answerParent } from '../harness/child.ts';
import { type DevToolsSnapshot, openInDevTools, UNREACHED_BY_DEVTOOLS } from '../peers/devtools-heap.ts';
import { classesByName } from './devtools-classes.ts';
import { newNodeColumns, writeNodeColumns } from './node-columns.ts';
import type { Opened } from './opened.ts';
import { startStopwatch } from './stopwatch.ts';

const [bundlePath = ''] = process.argv.slice(2);
// Loaded before anything is measured.
await import(bundlePath);
let opened: DevToolsSnapshot;

answerParent({
  async open(path: string): Promise<Opened> {
    const stop = startStopwatch();
    const { snapshot } = await openInDevTools(bundlePath, path);
    const taken = stop();
    opened = snapshot;
    return { ...taken, nodeCount: snapshot.nodeCount, edgeCount: snapshot.profile.snapshot.edge_count };
  },
  classes: () => classesByName(opened),
  writeColumns(path: string): void {
    const columns = newNodeColumns(opened.nodeCount);
    columns.retained.set(opened.retainedSizes);
    columns.dominator.set(opened.dominatorsTree);
    for (let node = 0; node < opened.nodeCount; node++) {
      columns.shallow[node] = opened.nodes.getValue(node * opened.nodeFieldCount + opened.nodeSelfSizeOffset);
      const distance = opened.nodeDistances[node] ?? 0;
      columns.distance[node] = distance === UNREACHED_BY_DEVTOOLS ? -1 : distance;
    }
    writeNodeColumns(path, columns);
  },
});
