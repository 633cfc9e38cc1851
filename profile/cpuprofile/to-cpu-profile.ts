import { putHottestFirst } from '../call-tree/hottest-first.ts';
import { toDepthFirstNodes } from '../model/depth-first-nodes.ts';
import { NO_LABELS } from '../model/no-labels.ts';
import { NO_RECORDING } from '../model/no-recording.ts';
import { toNodeRows } from '../model/node-rows.ts';
import type { IndexIntoFunctionTable, Profile, ValueType } from '../model/profile.ts';
import { toFileTree } from './file-tree.ts';
import { toNodeLines } from './node-lines.ts';
import type { RawCpuProfile } from './raw-cpu-profile.ts';
import { toTimedSamples } from './sample-table.ts';

const VALUE_TYPES: readonly ValueType[] = [
  { type: 'samples', unit: 'count' },
  { type: 'cpu', unit: 'microseconds' },
];

/** What V8 says of one thread, checked and in order, without the tables that threads may share. */
export function toCpuProfile(
  raw: RawCpuProfile,
  root: IndexIntoFunctionTable,
  maxDepth: number,
): Omit<Profile, 'strings' | 'functions'> {
  const rows = toNodeRows(raw.nodeId.finish(), (row) => `nodes[${row}].id`);
  const tree = toFileTree(raw, rows);
  const placed = toDepthFirstNodes(tree, raw.nodeFunction.finish(), root, maxDepth);
  const { node, weight, timeline, order } = toTimedSamples(raw, rows, placed.nodeOfRow);
  const { nodes, nodeOf } = putHottestFirst(placed.nodes, node);
  for (const column of [placed.nodeOfRow, node]) follow(column, nodeOf);
  return {
    nodes,
    valueTypes: VALUE_TYPES,
    defaultValueType: 1,
    samples: {
      length: node.length,
      node,
      values: [undefined, weight],
      line: toLines(raw, order),
      labelSet: undefined,
    },
    labels: NO_LABELS,
    nodeLines: toNodeLines(raw, placed.nodeOfRow, nodes.length),
    timeline,
    recording: { ...NO_RECORDING, durationMicros: timeline.endMicros - timeline.startMicros },
  };
}

function follow(column: Uint32Array, nodeOf: Uint32Array): void {
  for (let at = 0; at < column.length; at++) column[at] = nodeOf[column[at] as number] as number;
}

/** The line of each sample, where the file says it of samples and not of nodes. */
function toLines({ sampleLine }: RawCpuProfile, order: Uint32Array | undefined): Uint32Array | undefined {
  if (sampleLine.length === 0) return undefined;
  const lines = Uint32Array.from(sampleLine.finish());
  return order?.map((index) => lines[index] as number) ?? lines;
}
