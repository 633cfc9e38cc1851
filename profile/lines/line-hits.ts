import { type WeighOptions, weighNodes } from '../call-tree/node-weights.ts';
import type { Profile, ValueType } from '../model/profile.ts';

/** What functions took themselves, by line. */
export interface LineHits {
  /** Ascending, each once, counted from 1. */
  readonly line: Uint32Array;
  readonly self: Float64Array;
  /** What all functions of the profile took, whatever their line: 100 %. Idle time is not part of it. */
  readonly all: number;
  /** What `self` is counted in: the value type asked for, or samples where the file counts nothing else by line. */
  readonly counted: ValueType;
  /** The file counts lines over the whole recording: no choice of labels or of time changes them. */
  readonly isOfWholeRecording: boolean;
}

const SAMPLES: ValueType = { type: 'samples', unit: 'count' };

/**
 * Sums up by line what the functions marked with 1 took themselves; lines of different files among them would be mixed.
 * Undefined for a profile that knows no lines but those where functions begin.
 */
export function toLineHits(
  profile: Profile,
  isWanted: Uint8Array,
  options: WeighOptions = {},
): LineHits | undefined {
  if (profile.nodeLines !== undefined) {
    const all = sumOf(profile.nodeLines.hits);
    return { ...sorted(sumOfNodes(profile, isWanted)), all, counted: SAMPLES, isOfWholeRecording: true };
  }
  if (profile.samples.line === undefined) return undefined;
  const valueType = options.valueType ?? profile.defaultValueType;
  const sums = sumOfSamples(profile, profile.samples.line, isWanted, { ...options, valueType });
  return {
    ...sorted(sums),
    all: sumOf(weighNodes(profile, options).self),
    counted: profile.valueTypes[valueType] ?? SAMPLES,
    isOfWholeRecording: false,
  };
}

function sumOfNodes({ nodes, nodeLines }: Profile, isWanted: Uint8Array): Map<number, number> {
  const sums = new Map<number, number>();
  if (nodeLines === undefined) return sums;
  const { start, line, hits } = nodeLines;
  for (let node = 0; node < nodes.length; node++) {
    if (isWanted[nodes.func[node] as number] !== 1) continue;
    const end = start[node + 1] as number;
    for (let at = start[node] as number; at < end; at++) add(sums, line[at] as number, hits[at] as number);
  }
  return sums;
}

function sumOfSamples(
  { nodes, samples }: Profile,
  line: Uint32Array,
  isWanted: Uint8Array,
  { valueType, labelSets }: WeighOptions & { readonly valueType: number },
): Map<number, number> {
  const sums = new Map<number, number>();
  const values = samples.values[valueType];
  for (let index = 0; index < samples.length; index++) {
    if (isWanted[nodes.func[samples.node[index] as number] as number] !== 1 || line[index] === 0) continue;
    if (labelSets !== undefined && labelSets[samples.labelSet?.[index] ?? 0] !== 1) continue;
    add(sums, line[index] as number, values === undefined ? 1 : (values[index] as number));
  }
  return sums;
}

function add(sums: Map<number, number>, line: number, value: number): void {
  sums.set(line, (sums.get(line) ?? 0) + value);
}

function sumOf(values: Uint32Array | Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] as number;
  return sum;
}

function sorted(sums: Map<number, number>): Pick<LineHits, 'line' | 'self'> {
  const line = Uint32Array.from(sums.keys()).sort();
  return { line, self: Float64Array.from(line, (number) => sums.get(number) ?? 0) };
}
