import type { Micros, Profile, SampleTable } from '../model/profile.ts';
import { type SampleTimes, toSampleTimes } from '../model/sample-times.ts';
import { toStackView } from '../transform/stack-view.ts';
import type { Transform } from '../transform/transform.ts';
import { LowestPyramid } from './lowest-pyramid.ts';
import { StackDepths } from './stack-depths.ts';
import {
  callerAt,
  deepestOf,
  type IndexIntoTimedStacks,
  sharedDepth,
  type TimedStacks,
  toTimedStacks,
} from './timed-stacks.ts';

/** A call as it happened: a function was on the stack, at one depth, in samples one after another. */
export interface TimedFrame {
  readonly depth: number;
  /** The row of the stacks. */
  readonly row: IndexIntoTimedStacks;
  readonly firstSample: number;
  /** One past the last. */
  readonly endSample: number;
  /** From the profile's first sample. */
  readonly startMicros: Micros;
  readonly endMicros: Micros;
}

/**
 * All frames of a profile in the order of time, none of which exists until it is asked for. Of each sample is kept how
 * deep its stack is the same as the one before, two bytes: a frame at depth d goes on where that is at least d and ends
 * where it is less.
 */
export interface TimeChart {
  readonly stacks: TimedStacks;
  readonly times: SampleTimes;
  readonly depths: StackDepths;
  /** By sample: the depth down to which its stack goes on from the sample before; 0 for the first. */
  readonly shared: LowestPyramid;
  /** Frames above each other at most; the root, which is always there, is not counted. */
  readonly maxDepth: number;
}

/** @param profile one with a timeline. @param transforms what is done to every stack, one after the other. */
export function toTimeChart(profile: Profile, transforms: readonly Transform[] = []): TimeChart {
  const { samples } = profile;
  const stacks = toTimedStacks(toStackView(profile, transforms));
  const depths = new StackDepths(samples, stacks);
  return {
    stacks,
    depths,
    times: toSampleTimes(profile),
    shared: new LowestPyramid(toSharedDepths(stacks, samples)),
    maxDepth: deepestOf(stacks),
  };
}

function toSharedDepths(stacks: TimedStacks, { node }: SampleTable): Uint16Array {
  const { depth, rowOfNode } = stacks;
  const shared = new Uint16Array(node.length);
  let before = -1;
  for (let sample = 0; sample < shared.length; sample++) {
    const leaf =
      rowOfNode === undefined ? (node[sample] as number) : (rowOfNode[node[sample] as number] as number);
    if (leaf === before) shared[sample] = depth[leaf] as number;
    else if (before >= 0) shared[sample] = sharedDepth(stacks, before, leaf);
    before = leaf;
  }
  return shared;
}

/** The frame at a depth in a sample; undefined where the stack is not so deep. */
export function findFrame(chart: TimeChart, sample: number, depth: number): TimedFrame | undefined {
  const { depths, shared, times, stacks } = chart;
  if (sample < 0 || sample >= depths.length || depth < 0 || depths.of(sample) < depth) return undefined;
  const firstSample = Math.max(0, shared.lastBelow(sample, depth));
  const endSample = shared.nextBelow(sample + 1, depth);
  return {
    depth,
    row: callerAt(stacks, depths.leafOf(sample), depth),
    firstSample,
    endSample,
    startMicros: times.startOf(firstSample),
    endMicros: times.startOf(endSample),
  };
}

/** How long the frame's own function was on top. */
export function selfMicrosOf({ depths, times }: TimeChart, frame: TimedFrame): Micros {
  let self = 0;
  for (let sample = frame.firstSample; sample < frame.endSample; sample++)
    if (depths.of(sample) === frame.depth) self += times.durationOf(sample);
  return self;
}

/** How many frames of a depth were there in the samples `from…to)`. */
export function countFrames({ depths, shared }: TimeChart, depth: number, from: number, to: number): number {
  let count = 0;
  for (let sample = from; sample < to; sample++)
    if (depths.of(sample) >= depth && (sample === from || shared.at(sample) < depth)) count++;
  return count;
}
