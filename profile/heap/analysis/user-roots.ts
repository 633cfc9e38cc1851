import type { HeapGraph, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { MARKED, type Marks } from './marked-strings.ts';
import { NODE_TYPE } from './type-numbers.ts';

/** Whether it is V8's collection of all documents, which users' objects hang on to. */
export function isDocumentTrees(graph: HeapGraph, marked: Marks, node: IndexIntoHeapNodes): boolean {
  const { type, name } = graph.nodes;
  return (
    type[node] === NODE_TYPE.synthetic && marked.all(MARKED.documentTrees).includes(name[node] as number)
  );
}

/** What the root holds and V8 did not make up: global objects. A file may name one twice. */
export function userRoots(graph: HeapGraph, marked: Marks): IndexIntoHeapNodes[] {
  const { nodes, edges } = graph;
  const roots: IndexIntoHeapNodes[] = [];
  for (let edge = 0; edge < (nodes.firstEdge[1] as number); edge++) {
    const node = edges.to[edge] as number;
    if (nodes.type[node] !== NODE_TYPE.synthetic || isDocumentTrees(graph, marked, node)) roots.push(node);
  }
  return roots;
}

/** What is marked of the names of those that the root holds: found without a look at all others. */
export function marksBelowRoot({ nodes, edges, strings }: HeapGraph): Marks {
  const { start } = strings;
  const names = new Set<number>();
  for (let edge = 0; edge < (nodes.firstEdge[1] as number); edge++) {
    names.add(nodes.name[edges.to[edge] as number] as number);
  }
  const lengthOf = (name: number) => (start[name + 1] as number) - (start[name] as number);
  return {
    all: (text) => [...names].filter((name) => lengthOf(name) === text.length && strings.text(name) === text),
  };
}
