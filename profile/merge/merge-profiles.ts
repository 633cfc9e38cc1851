import { toDepthFirstNodes } from '../model/depth-first-nodes.ts';
import { linkTree } from '../model/linked-tree.ts';
import { DEFAULT_LIMITS, type NodeTable, type Profile, type Recording } from '../model/profile.ts';
import { StacksBuilder } from '../transform/stacks-builder.ts';
import { FunctionUnion } from './function-union.ts';
import { mergeLabels } from './merge-labels.ts';
import { mergeNodeLines } from './merge-node-lines.ts';
import { mergeSampleLines, mergeValues } from './merge-samples.ts';
import { sharedValueTypes } from './shared-value-types.ts';

/** A profile to be merged. */
export interface ProfileSource {
  readonly profile: Profile;
  /** What its samples are told apart by, such as the instance that it was captured from. */
  readonly name: string;
}

export interface MergeOptions {
  /** The key of a label that every sample gets, with its source's name; without it samples do not tell where they are from. */
  readonly label?: string | undefined;
}

/**
 * All samples of several profiles in one, with the value types that they share. Samples of different processes have no order
 * in time, so the merged profile has none. @throws ProfileMismatchError when they measure nothing in common, and
 * ProfileLimitError for stacks deeper than are read
 */
export function mergeProfiles(sources: readonly ProfileSource[], { label }: MergeOptions = {}): Profile {
  const profiles = sources.map(({ profile }) => profile);
  const valueTypes = sharedValueTypes(profiles);
  const union = new FunctionUnion();
  const functionsOf = profiles.map((profile) => union.add(profile));
  const { nodes, nodesOf } = mergeNodes(profiles, functionsOf);
  const { labels, labelSet } = mergeLabels(sources, label, union);
  const length = profiles.reduce((sum, { samples }) => sum + samples.length, 0);
  const [first] = profiles;
  const shown = first?.valueTypes[first.defaultValueType];
  return {
    ...union.finish(),
    nodes,
    valueTypes,
    defaultValueType: shown === undefined ? 0 : Math.max(0, valueTypes.indexOf(shown)),
    samples: {
      length,
      node: mapNodes(profiles, nodesOf, length),
      values: valueTypes.map((type) => mergeValues(profiles, type, length)),
      line: mergeSampleLines(profiles, length),
      labelSet,
    },
    labels,
    nodeLines: mergeNodeLines(profiles, nodesOf, nodes.length),
    timeline: undefined,
    recording: mergeRecordings(profiles.map(({ recording }) => recording)),
  };
}

function mergeNodes(profiles: readonly Profile[], functionsOf: readonly Uint32Array[]) {
  const most = profiles.reduce((sum, { nodes }) => sum + nodes.length, 1);
  const root = functionsOf[0]?.[profiles[0]?.nodes.func[0] ?? 0] ?? 0;
  const builder = new StacksBuilder(root, most);
  const rowsOf = profiles.map(({ nodes }, at) => addNodes(builder, nodes, functionsOf[at] as Uint32Array));
  const { parent, func } = builder.finish();
  const { nodes, nodeOfRow } = toDepthFirstNodes(linkTree(parent), func, root, DEFAULT_LIMITS.maxDepth);
  return { nodes, nodesOf: rowsOf.map((rows) => rows.map((row) => nodeOfRow[row] as number)) };
}

function addNodes(builder: StacksBuilder, { length, parent, func }: NodeTable, functionOf: Uint32Array) {
  const rows = new Uint32Array(length);
  for (let node = 1; node < length; node++) {
    const above = rows[parent[node] as number] as number;
    rows[node] = builder.rowOf(above, functionOf[func[node] as number] as number);
  }
  return rows;
}

function mapNodes(profiles: readonly Profile[], nodesOf: readonly Uint32Array[], length: number) {
  const merged = new Uint32Array(length);
  let next = 0;
  profiles.forEach(({ samples: { node } }, at) => {
    const nodeOf = nodesOf[at] as Uint32Array;
    for (let index = 0; index < node.length; index++)
      merged[next++] = nodeOf[node[index] as number] as number;
  });
  return merged;
}

function mergeRecordings(recordings: readonly Recording[]): Recording {
  const known = <T>(values: readonly (T | undefined)[]) => values.filter((value) => value !== undefined);
  const starts = known(recordings.map(({ startedAtMillis }) => startedAtMillis));
  const durations = known(recordings.map(({ durationMicros }) => durationMicros));
  return {
    startedAtMillis: starts.length > 0 ? Math.min(...starts) : undefined,
    durationMicros: durations.length > 0 ? Math.max(...durations) : undefined,
    period: common(
      recordings.map(({ period }) => period),
      (one, other) => one.type === other.type && one.unit === other.unit && one.every === other.every,
    ),
    program: common(
      recordings.map(({ program }) => program),
      (one, other) => one === other,
    ),
    comments: [...new Set(recordings.flatMap(({ comments }) => comments))],
  };
}

/** What all say; undefined where one says something else or nothing. */
function common<T>(
  values: readonly (T | undefined)[],
  isEqual: (one: T, other: T) => boolean,
): T | undefined {
  const [first] = values;
  const isCommon =
    first !== undefined && values.every((value) => value !== undefined && isEqual(first, value));
  return isCommon ? first : undefined;
}
