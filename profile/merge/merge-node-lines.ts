import type { NodeLines, Profile } from '../model/profile.ts';

/** The lines of every node's sources one after the other; undefined unless all profiles count lines by node. */
export function mergeNodeLines(
  profiles: readonly Profile[],
  nodesOf: readonly Uint32Array[],
  length: number,
): NodeLines | undefined {
  if (!profiles.every(({ nodeLines }) => nodeLines !== undefined)) return undefined;
  const start = new Uint32Array(length + 1);
  forEachLine(profiles, nodesOf, (node) => {
    start[node + 1] = (start[node + 1] as number) + 1;
  });
  for (let node = 0; node < length; node++)
    start[node + 1] = (start[node + 1] as number) + (start[node] as number);
  const next = start.slice();
  const line = new Uint32Array(start[length] as number);
  const hits = new Uint32Array(line.length);
  forEachLine(profiles, nodesOf, (node, lines, from) => {
    const at = next[node] as number;
    next[node] = at + 1;
    line[at] = lines.line[from] as number;
    hits[at] = lines.hits[from] as number;
  });
  return { start, line, hits };
}

function forEachLine(
  profiles: readonly Profile[],
  nodesOf: readonly Uint32Array[],
  visit: (node: number, lines: NodeLines, at: number) => void,
): void {
  profiles.forEach(({ nodes, nodeLines }, profile) => {
    if (nodeLines === undefined) return;
    for (let node = 0; node < nodes.length; node++) {
      const into = nodesOf[profile]?.[node] as number;
      const end = nodeLines.start[node + 1] as number;
      for (let at = nodeLines.start[node] as number; at < end; at++) visit(into, nodeLines, at);
    }
  });
}
