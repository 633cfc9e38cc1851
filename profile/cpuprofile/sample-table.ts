import { ProfileShapeError } from '../errors.ts';
import type { NodeRows } from '../model/node-rows.ts';
import type { Micros, Timeline } from '../model/profile.ts';
import type { RawCpuProfile } from './raw-cpu-profile.ts';
import { findTimeOrder, toTimes } from './sample-order.ts';

export interface TimedSamples {
  /** The leaf of each sample's stack, in the order of time. */
  readonly node: Uint32Array;
  /** The time from each sample to the next one in microseconds, never negative: what the sample stands for. */
  readonly weight: Int32Array | Float64Array;
  readonly timeline: Timeline;
  /** Which sample of the file each of them is; undefined when they stood in order there. */
  readonly order: Uint32Array | undefined;
}

/**
 * Gives every sample the time until the next one; the last gets the time until the end of the recording. What passed
 * before the first sample (the profiler's own start) belongs to none.
 */
export function toTimedSamples(raw: RawCpuProfile, rows: NodeRows, nodeOfRow: Uint32Array): TimedSamples {
  const ids = raw.sampleNodeId.finish();
  const deltas = raw.timeDelta.finish();
  if (ids.length !== deltas.length) {
    throw new ProfileShapeError('timeDeltas', `has ${deltas.length} entries for ${ids.length} samples`);
  }
  checkFinite(deltas);
  const startMicros = raw.startTime ?? 0;
  const node = toNodes(ids, rows, nodeOfRow);
  const order = findTimeOrder(deltas);
  const sorted = order === undefined ? { node, deltas } : reorder(node, deltas, order);
  const firstSampleMicros = startMicros + (sorted.deltas[0] ?? 0);
  const untilLast = sumFrom(sorted.deltas, 1);
  const lastMicros = firstSampleMicros + untilLast;
  const endMicros = raw.endTime !== undefined && raw.endTime >= lastMicros ? raw.endTime : lastMicros;
  const weight = toWeights(sorted.deltas, endMicros - lastMicros);
  return {
    node: sorted.node,
    weight,
    timeline: { startMicros, firstSampleMicros, endMicros },
    order,
  };
}

function checkFinite(deltas: Int32Array | Float64Array): void {
  if (deltas instanceof Int32Array) return;
  // Sums of doubles beyond this lose microseconds.
  const wrong = deltas.findIndex((delta) => !(Math.abs(delta) <= 2 ** 46));
  if (wrong >= 0) throw new ProfileShapeError(`timeDeltas[${wrong}]`, 'is not a time that can have passed');
}

function toNodes(ids: Int32Array | Float64Array, rows: NodeRows, nodeOfRow: Uint32Array): Uint32Array {
  const node = new Uint32Array(ids.length);
  for (let index = 0; index < ids.length; index++) {
    const row = rows.rowOf(ids[index] as number);
    if (row < 0)
      throw new ProfileShapeError(`samples[${index}]`, `names node ${ids[index]}, which is not in the file`);
    node[index] = nodeOfRow[row] as number;
  }
  return node;
}

function reorder(node: Uint32Array, deltas: Int32Array | Float64Array, order: Uint32Array) {
  const times = toTimes(deltas);
  const sortedDeltas = new Float64Array(deltas.length);
  const sortedNode = new Uint32Array(node.length);
  let before = 0;
  for (let index = 0; index < order.length; index++) {
    const from = order[index] as number;
    const time = times[from] as number;
    sortedDeltas[index] = time - before;
    before = time;
    sortedNode[index] = node[from] as number;
  }
  return { node: sortedNode, deltas: sortedDeltas };
}

function sumFrom(values: Int32Array | Float64Array, from: number): number {
  let sum = 0;
  for (let index = from; index < values.length; index++) sum += values[index] as number;
  return sum;
}

/** Shifts the column by one in place: the delta of the next sample is the weight of this one. */
function toWeights(deltas: Int32Array | Float64Array, lastWeight: Micros): Int32Array | Float64Array {
  if (deltas.length === 0) return deltas;
  const fits = deltas instanceof Float64Array || (lastWeight | 0) === lastWeight;
  const weight = fits ? deltas : Float64Array.from(deltas);
  weight.copyWithin(0, 1);
  weight[weight.length - 1] = lastWeight;
  return weight;
}
