import { statSync } from 'node:fs';
import { HEAP_NODE_TYPES, type HeapAnalysis } from '#profile/heap/model/heap-graph.ts';
import { HeapExplorer } from '#profile/heap/query/heap-explorer.ts';
import { MAX_HEAP_ROWS } from '#profile/heap/query/heap-query.ts';
import { openArtifact } from '../../server/heap/process/open-artifact.ts';
import { answerParent } from '../harness/child.ts';
import { newNodeColumns, writeNodeColumns } from './node-columns.ts';
import type { Opened, OpenedClass } from './opened.ts';
import { startStopwatch } from './stopwatch.ts';

let analysis: HeapAnalysis;
let explorer: HeapExplorer;

answerParent({
  async open(path: string): Promise<Opened> {
    const stop = startStopwatch();
    const heap = await openArtifact({ path, fileBytes: statSync(path).size });
    analysis = heap.analysis;
    explorer = new HeapExplorer(heap);
    classRows(0);
    const taken = stop();
    const { nodes, edges } = analysis.graph;
    return { ...taken, nodeCount: nodes.length, edgeCount: edges.length };
  },
  classes(): OpenedClass[] {
    const { rows, total } = classRows(0);
    const all = [...rows];
    while (all.length < total) all.push(...classRows(all.length).rows);
    return all.map(({ className, count, shallowBytes, retainedBytes }) => ({
      name: className,
      count,
      shallowBytes,
      retainedBytes,
    }));
  },
  writeColumns(path: string): void {
    const columns = newNodeColumns(analysis.graph.nodes.length);
    columns.retained.set(analysis.retainedSize);
    columns.shallow.set(analysis.shallowSize);
    columns.dominator.set(analysis.dominator);
    columns.distance.set(analysis.distance);
    writeNodeColumns(path, columns);
  },
  /** Nodes as one reads them, with who holds them, for somebody who looks for what went wrong. */
  describe(nodes: readonly number[]): string[] {
    return nodes.map(describe);
  },
});

function classRows(offset: number) {
  return explorer.answer({
    ask: 'classes',
    filter: '',
    order: { by: 'retained', descending: true },
    page: { offset, limit: MAX_HEAP_ROWS },
  });
}

function describe(node: number): string {
  const { nodes, edges, strings } = analysis.graph;
  const type = HEAP_NODE_TYPES[nodes.type[node] ?? 0];
  const name = strings.text(nodes.name[node] ?? 0).slice(0, 60);
  const from = analysis.firstRetainer[node] ?? 0;
  const to = analysis.firstRetainer[node + 1] ?? 0;
  const holders = [...analysis.retainingEdge.subarray(from, Math.min(to, from + 4))].map(
    (edge) => `${analysis.holderOf(edge)} by edge type ${edges.type[edge]}`,
  );
  return `${type} "${name}" @${nodes.id[node]}, ${to - from} retainers: ${holders.join(', ')}`;
}
