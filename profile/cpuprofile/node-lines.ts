import type { NodeLines } from '../model/profile.ts';
import type { RawCpuProfile } from './raw-cpu-profile.ts';

/** Puts the line hits of the file in the order of the nodes; undefined where it has none. */
export function toNodeLines(
  { tickOf, tickLine, ticks }: RawCpuProfile,
  nodeOfRow: Uint32Array,
  nodeCount: number,
): NodeLines | undefined {
  if (tickOf.length === 0) return undefined;
  const start = new Uint32Array(nodeCount + 1);
  for (let tick = 0; tick < tickOf.length; tick++) {
    const node = nodeOfRow[tickOf.at(tick)] as number;
    start[node + 1] = (start[node + 1] as number) + 1;
  }
  for (let node = 1; node < start.length; node++)
    start[node] = (start[node] as number) + (start[node - 1] as number);
  const next = start.slice();
  const line = new Uint32Array(tickOf.length);
  const hits = new Uint32Array(tickOf.length);
  for (let tick = 0; tick < tickOf.length; tick++) {
    const node = nodeOfRow[tickOf.at(tick)] as number;
    const at = next[node] as number;
    next[node] = at + 1;
    line[at] = tickLine.at(tick);
    hits[at] = ticks.at(tick);
  }
  return { start, line, hits };
}
