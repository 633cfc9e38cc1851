import type { CallTree } from '../call-tree/call-tree.ts';
import { moveTo, type Places, putHeaviestFirst } from '../call-tree/heaviest-first.ts';
import { type MergedStacks, mergeStacks } from '../call-tree/merge-stacks.ts';
import { type Amount, weighNodes } from '../call-tree/node-weights.ts';
import { findLabelSets, type LabelChoice } from '../labels/label-facets.ts';
import { findValueType, sharedValueTypes } from '../merge/shared-value-types.ts';
import type { Profile, ValueType } from '../model/profile.ts';
import { toStackView } from '../transform/stack-view.ts';
import { StacksBuilder } from '../transform/stacks-builder.ts';
import type { TimeRange, Transform } from '../transform/transform.ts';
import { uniteFunctions } from './unite-functions.ts';

/** What is compared of both profiles. */
export interface DiffOptions {
  /** Scale the values of `before` so that both have one total: what is compared then are shares. */
  readonly normalise?: boolean | undefined;
  /** By name; unless said otherwise, or where they do not share it, the default of `after`, or else the first that they share. */
  readonly valueType?: string | undefined;
  readonly includeIdle?: boolean | undefined;
  readonly labels?: readonly LabelChoice[] | undefined;
  readonly transforms?: readonly Transform[] | undefined;
  /** A part of the time of each. */
  readonly timeRange?: { readonly before?: TimeRange | undefined; readonly after?: TimeRange | undefined };
}

/** The columns of one of the two profiles, by row of the tree of both. */
export interface DiffSide {
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfCount: Float64Array;
  readonly totalCount: Float64Array;
  readonly idle: Amount;
  readonly leftOut: Amount;
}

/**
 * All stacks of two profiles. Its own columns are the mean of both sides, so that nothing that either has is without width;
 * a row's difference is `after` less `before`.
 */
export interface DiffTree extends CallTree {
  readonly before: DiffSide;
  readonly after: DiffSide;
}

export interface Diff extends Pick<Profile, 'strings' | 'functions'> {
  readonly tree: DiffTree;
  readonly valueType: ValueType;
  /** What the values of `before` were multiplied by; 1 unless they were normalised. Counts are as they were. */
  readonly scale: number;
}

/**
 * Lays two profiles over each other. Functions are equal by name and place; one that only moved within its file, as it does
 * from one build to the next, is equal too where its name is the only such one in the file. The functions of `after` keep
 * their rows. @throws ProfileMismatchError when they measure nothing in common
 */
export function toDiffTree(before: Profile, after: Profile, options: DiffOptions = {}): Diff {
  const valueType = chooseValueType(before, after, options.valueType);
  const { timeRange } = options;
  const ofBefore = weigh(before, valueType, options, timeRange?.before);
  const ofAfter = weigh(after, valueType, options, timeRange?.after);
  const [totalBefore, totalAfter] = [ofBefore.stacks.total[0] as number, ofAfter.stacks.total[0] as number];
  const scale = options.normalise && totalBefore > 0 && totalAfter > 0 ? totalAfter / totalBefore : 1;
  const united = uniteFunctions(before, after);
  const rows = uniteStacks(ofBefore.stacks, united.ofBefore, ofAfter.stacks);
  const sides = {
    before: spread(ofBefore, rows.ofBefore, rows.stacks.length, scale),
    after: spread(ofAfter, rows.ofAfter, rows.stacks.length, 1),
  };
  const { tree, places } = putHeaviestFirst({ ...rows.stacks, ...meanOf(sides.before, sides.after) });
  const ordered = {
    ...tree,
    idle: meanAmount(sides.before.idle, sides.after.idle),
    leftOut: meanAmount(sides.before.leftOut, sides.after.leftOut),
    before: putInPlace(sides.before, places),
    after: putInPlace(sides.after, places),
  };
  return { strings: united.strings, functions: united.functions, tree: ordered, valueType, scale };
}

interface Weighed {
  readonly stacks: MergedStacks;
  readonly idle: Amount;
  readonly leftOut: Amount;
}

function chooseValueType(before: Profile, after: Profile, named: string | undefined): ValueType {
  const shared = sharedValueTypes([after, before]);
  const shown = named ?? after.valueTypes[after.defaultValueType]?.type;
  return shared.find(({ type }) => type === shown) ?? (shared[0] as ValueType);
}

function weigh(
  profile: Profile,
  wanted: ValueType,
  { includeIdle = false, labels = [], transforms = [] }: DiffOptions,
  timeRange: TimeRange | undefined,
): Weighed {
  const valueType = findValueType(profile, wanted);
  const labelSets = findLabelSets(profile, labels);
  const weights = weighNodes(profile, { valueType, includeIdle, labelSets, timeRange });
  const { leftOut, ...stacks } = mergeStacks(toStackView(profile, transforms), weights);
  return { stacks, leftOut, idle: weights.idle };
}

/** The functions of `after` are those of both. */
function uniteStacks(before: MergedStacks, functionOfBefore: Uint32Array, after: MergedStacks) {
  const builder = new StacksBuilder(after.func[0] as number, before.length + after.length);
  const ofAfter = new Uint32Array(after.length);
  for (let row = 1; row < after.length; row++) {
    const above = ofAfter[after.parent[row] as number] as number;
    ofAfter[row] = builder.rowOf(above, after.func[row] as number);
  }
  const ofBefore = new Uint32Array(before.length);
  for (let row = 1; row < before.length; row++) {
    const above = ofBefore[before.parent[row] as number] as number;
    ofBefore[row] = builder.rowOf(above, functionOfBefore[before.func[row] as number] as number);
  }
  return { stacks: builder.finish(), ofBefore, ofAfter };
}

function spread(
  { stacks, idle, leftOut }: Weighed,
  rowOf: Uint32Array,
  length: number,
  scale: number,
): DiffSide {
  return {
    self: add(stacks.self, rowOf, scale, new Float64Array(length)),
    total: add(stacks.total, rowOf, scale, new Float64Array(length)),
    selfCount: add(stacks.selfCount, rowOf, 1, new Float64Array(length)),
    totalCount: add(stacks.totalCount, rowOf, 1, new Float64Array(length)),
    idle: { value: idle.value * scale, count: idle.count },
    leftOut: { value: leftOut.value * scale, count: leftOut.count },
  };
}

function add(
  values: MergedStacks['selfCount'],
  rowOf: Uint32Array,
  scale: number,
  into: Float64Array,
): Float64Array {
  for (let row = 0; row < values.length; row++) {
    const at = rowOf[row] as number;
    into[at] = (into[at] as number) + (values[row] as number) * scale;
  }
  return into;
}

function meanOf(one: DiffSide, other: DiffSide) {
  return {
    self: mean(one.self, other.self),
    total: mean(one.total, other.total),
    selfCount: mean(one.selfCount, other.selfCount),
    totalCount: mean(one.totalCount, other.totalCount),
  };
}

/** Halves of whole numbers are exact, so that totals still are the sums of their parts. */
function mean(one: Float64Array, other: Float64Array): Float64Array {
  const means = new Float64Array(one.length);
  for (let row = 0; row < one.length; row++) means[row] = ((one[row] as number) + (other[row] as number)) / 2;
  return means;
}

function meanAmount(one: Amount, other: Amount): Amount {
  return { value: (one.value + other.value) / 2, count: (one.count + other.count) / 2 };
}

function putInPlace(side: DiffSide, places: Places): DiffSide {
  const { length } = places;
  return {
    ...side,
    self: moveTo(places, side.self, new Float64Array(length)),
    total: moveTo(places, side.total, new Float64Array(length)),
    selfCount: moveTo(places, side.selfCount, new Float64Array(length)),
    totalCount: moveTo(places, side.totalCount, new Float64Array(length)),
  };
}
