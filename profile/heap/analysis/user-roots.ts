import type { HeapGraph, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { MARKED, type MarkedStrings } from './marked-strings.ts';
import { NODE_TYPE } from './type-numbers.ts';

/** Whether it is V8's collection of all documents, which users' objects hang on to. */
export function isDocumentTrees(graph: HeapGraph, marked: MarkedStrings, node: IndexIntoHeapNodes): boolean {
  const { type, name } = graph.nodes;
  return (
    type[node] === NODE_TYPE.synthetic && marked.all(MARKED.documentTrees).includes(name[node] as number)
  );
}

/** What the root holds and V8 did not make up: global objects. A file may name one twice. */
export function userRoots(graph: HeapGraph, marked: MarkedStrings): IndexIntoHeapNodes[] {
  const { nodes, edges } = graph;
  const roots: IndexIntoHeapNodes[] = [];
  for (let edge = 0; edge < (nodes.firstEdge[1] as number); edge++) {
    const node = edges.to[edge] as number;
    if (nodes.type[node] !== NODE_TYPE.synthetic || isDocumentTrees(graph, marked, node)) roots.push(node);
  }
  return roots;
}
