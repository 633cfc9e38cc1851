import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { answerParent } from '../harness/child.ts';

/** What of Chrome DevTools' code is used here. */
interface DevTools {
  HeapSnapshotLoader: new (dispatcher: {
    sendEvent(): void;
  }) => {
    write(chunk: string): void;
    close(): void;
    buildSnapshot(secondWorker: MessagePort): Promise<HeapSnapshot>;
  };
  SecondaryInitManager: new (port: MessagePort) => unknown;
  NodeFilter: new () => object;
}

interface HeapSnapshot {
  nodeCount: number;
  totalSize: number;
  retainedSizes: Float64Array;
  dominatorsTree: Uint32Array;
  nodeDistances: Int32Array;
  profile: { snapshot: { edge_count: number } };
  getStatistics(): unknown;
  aggregatesWithFilter(filter: object): Record<string, ClassFacts>;
}

interface ClassFacts {
  name: string;
  count: number;
  self: number;
  maxRet: number;
  distance: number;
}

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

// It warns of nodes that are only held weakly, which every service has.
console.warn = () => undefined;

const [bundlePath = ''] = process.argv.slice(2);
const devTools = (await import(bundlePath)) as DevTools;

async function view(path: string): Promise<DevToolsView> {
  const loader = new devTools.HeapSnapshotLoader({ sendEvent() {} });
  const { port1, port2 } = new MessageChannel();
  new devTools.SecondaryInitManager(port2);
  loader.write(readFileSync(path, 'utf8'));
  loader.close();
  const snapshot = await loader.buildSnapshot(port1);
  port1.close();
  port2.close();
  const nodes = createHash('sha256');
  for (const column of [snapshot.retainedSizes, snapshot.dominatorsTree, snapshot.nodeDistances]) {
    nodes.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  const classes = Object.values(snapshot.aggregatesWithFilter(new devTools.NodeFilter()));
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
