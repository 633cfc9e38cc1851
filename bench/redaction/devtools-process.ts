import { createHash } from 'node:crypto';
import { answerParent } from '../harness/child.ts';
import { openInDevTools } from '../peers/devtools-heap.ts';

/** What Chrome DevTools makes of a snapshot. */
export interface DevToolsView {
  nodeCount: number;
  edgeCount: number;
  totalSize: number;
  statistics: string;
  /** A line for each class: name, count, shallow and retained size, distance. */
  classes: string[];
  /** Of every node's retained size, dominator and distance. */
  nodesSha256: string;
}

const [bundlePath = ''] = process.argv.slice(2);

async function view(path: string): Promise<DevToolsView> {
  const { snapshot, classes } = await openInDevTools(bundlePath, path);
  const nodes = createHash('sha256');
  for (const column of [snapshot.retainedSizes, snapshot.dominatorsTree, snapshot.nodeDistances]) {
    nodes.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return {
    nodeCount: snapshot.nodeCount,
    edgeCount: snapshot.profile.snapshot.edge_count,
    totalSize: snapshot.totalSize,
    statistics: JSON.stringify(snapshot.getStatistics()),
    classes: classes.map((one) => [one.name, one.count, one.self, one.maxRet, one.distance].join(' ')).sort(),
    nodesSha256: nodes.digest('hex'),
  };
}

answerParent({ view });
