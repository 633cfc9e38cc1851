import type { HeapMemory } from '../memory/heap-memory.ts';
import { DETACHEDNESS, type HeapGraph } from '../model/heap-graph.ts';
import { EDGE_TYPE, NODE_TYPE } from './type-numbers.ts';

const PREFIX = new TextEncoder().encode('Detached ');

/**
 * Passes on who is attached and who is detached: what an attached native node reaches through native nodes is attached, what a
 * detached one reaches and no attached one does is detached. As in Chrome DevTools; where the file does not say, it goes by the
 * names.
 */
export function spreadDetachedness(graph: HeapGraph, memory: HeapMemory): Uint8Array | undefined {
  const { nodes } = graph;
  if (nodes.detachedness === undefined) return byName(graph, memory);
  const known = [DETACHEDNESS.attached, DETACHEDNESS.detached];
  if (!known.some((state) => nodes.detachedness?.includes(state))) return undefined;
  const state = memory.kept.uint8(nodes.length);
  state.set(nodes.detachedness);
  for (const spread of known) spreadState(graph, state, spread);
  return state;
}

function spreadState(graph: HeapGraph, state: Uint8Array, spread: number): void {
  const { type: nodeType, firstEdge } = graph.nodes;
  const { type, to } = graph.edges;
  const open: number[] = [];
  for (let node = state.indexOf(spread); node >= 0; node = state.indexOf(spread, node + 1)) {
    if (nodeType[node] === NODE_TYPE.native) open.push(node);
  }
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge++) {
      const target = to[edge] as number;
      if (type[edge] === EDGE_TYPE.hidden || type[edge] === EDGE_TYPE.weak) continue;
      if (nodeType[target] !== NODE_TYPE.native || state[target] !== DETACHEDNESS.unknown) continue;
      state[target] = spread;
      open.push(target);
    }
  }
}

function byName(graph: HeapGraph, memory: HeapMemory): Uint8Array | undefined {
  const { nodes, strings } = graph;
  let state: Uint8Array | undefined;
  for (let node = 0; node < nodes.length; node++) {
    if (nodes.type[node] !== NODE_TYPE.native) continue;
    const start = strings.start[nodes.name[node] as number] as number;
    if (!PREFIX.every((byte, at) => strings.bytes[start + at] === byte)) continue;
    state ??= memory.kept.uint8(nodes.length);
    state[node] = DETACHEDNESS.detached;
  }
  return state;
}
