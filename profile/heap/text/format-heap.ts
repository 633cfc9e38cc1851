import type { HeapAnalysis } from '../model/heap-graph.ts';

/** The dominator tree as `name (retained: …, self: …)`, children in the order of the file. */
export function formatDominatorTree(
  { dominator, retainedSize, shallowSize }: HeapAnalysis,
  labels: readonly string[],
): string[] {
  const children = new Map<number, number[]>();
  for (let node = 1; node < dominator.length; node++) {
    const above = dominator[node] as number;
    children.set(above, [...(children.get(above) ?? []), node]);
  }
  const lines: string[] = [];
  const open: [node: number, depth: number][] = [[0, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, depth] = next;
    const indent = '  '.repeat(depth);
    lines.push(`${indent}${labels[node]} (retained: ${retainedSize[node]}, self: ${shallowSize[node]})`);
    for (const child of (children.get(node) ?? []).reverse()) open.push([child, depth + 1]);
  }
  return lines;
}
