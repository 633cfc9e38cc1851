import type { CallTree } from '../call-tree/call-tree.ts';
import { putHeaviestFirst } from '../call-tree/heaviest-first.ts';
import { type MergedStacks, mergeStacks, withSiblings } from '../call-tree/merge-stacks.ts';
import { type Amount, weighNodes } from '../call-tree/node-weights.ts';
import { findLabelSets, type LabelChoice } from '../labels/label-facets.ts';
import { findValueType, sharedValueTypes } from '../merge/shared-value-types.ts';
import type { Counts } from '../model/add-up.ts';
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
export interface DiffSide extends Columns {
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
  const means = meanColumns(ofBefore.stacks, rows.ofBefore, scale, ofAfter.stacks, rows.stacks.length);
  const { tree, rowAt } = putHeaviestFirst(withSiblings({ ...rows.stacks, ...means }));
  const places = toPlaces(rowAt, rows.stacks.length);
  const sides = {
    before: toSide(ofBefore, rows.ofBefore, places, scale),
    after: toSide(ofAfter, undefined, places, 1),
  };
  const idle = meanAmount(sides.before.idle, sides.after.idle);
  const leftOut = meanAmount(sides.before.leftOut, sides.after.leftOut);
  const { strings, functions } = united;
  return {
    strings,
    functions,
    tree: { ...tree, ...sides, idle, leftOut },
    valueType,
    scale,
  };
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

/** The functions of `after` are those of both, and its stacks, no two of which are equal, keep their rows. */
function uniteStacks(before: MergedStacks, functionOfBefore: Uint32Array, after: MergedStacks) {
  const builder = new StacksBuilder(after.func[0] as number, before.length + after.length);
  for (let row = 1; row < after.length; row++) {
    builder.rowOf(after.parent[row] as number, after.func[row] as number);
  }
  const ofBefore = new Int32Array(before.length);
  for (let row = 1; row < before.length; row++) {
    const above = ofBefore[before.parent[row] as number] as number;
    ofBefore[row] = builder.rowOf(above, functionOfBefore[before.func[row] as number] as number);
  }
  return { stacks: builder.finish(), ofBefore };
}

/** By row. */
interface Columns<C extends Counts = Float64Array> {
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfCount: C;
  readonly totalCount: C;
}

/** By the rows of both; halves of whole numbers are exact, so that totals still are the sums of their parts. */
function meanColumns(
  before: Columns<Counts>,
  rowOfBefore: Int32Array,
  scale: number,
  after: Columns<Counts>,
  length: number,
): Columns {
  const self = halved(after.self, length);
  const total = halved(after.total, length);
  const selfCount = halved(after.selfCount, length);
  const totalCount = halved(after.totalCount, length);
  const { self: ownOf, total: totalOf, selfCount: ownCountOf, totalCount: countOf } = before;
  for (let row = 0; row < rowOfBefore.length; row++) {
    const at = rowOfBefore[row] as number;
    self[at] = (self[at] as number) + ((ownOf[row] as number) * scale) / 2;
    total[at] = (total[at] as number) + ((totalOf[row] as number) * scale) / 2;
    selfCount[at] = (selfCount[at] as number) + (ownCountOf[row] as number) / 2;
    totalCount[at] = (totalCount[at] as number) + (countOf[row] as number) / 2;
  }
  return { self, total, selfCount, totalCount };
}

/** As the first of so many rows. */
function halved(values: Counts, length: number): Float64Array {
  const half = new Float64Array(length);
  for (let row = 0; row < values.length; row++) half[row] = (values[row] as number) / 2;
  return half;
}

/** Where rows went. */
interface Places {
  readonly length: number;
  /** By the rows before; `DROPPED` for what the tree does not have. */
  readonly placeOf: Int32Array;
}

const DROPPED = -1;

function toPlaces(rowAt: Uint32Array, rows: number): Places {
  const placeOf = new Int32Array(rows).fill(DROPPED);
  for (let at = 0; at < rowAt.length; at++) placeOf[rowAt[at] as number] = at;
  return { length: rowAt.length, placeOf };
}

/**
 * The columns of one side, in the order of the tree. `rowOf`: where each of its stacks goes among those of both, undefined where
 * they keep their rows. Several may go to one: functions that were two can be one in the other profile.
 */
function toSide(
  { stacks, idle, leftOut }: Weighed,
  rowOf: Int32Array | undefined,
  { length, placeOf }: Places,
  scale: number,
): DiffSide {
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  const selfCount = new Float64Array(length);
  const totalCount = new Float64Array(length);
  const { self: selfOf, total: totalOf, selfCount: selfCountOf, totalCount: totalCountOf } = stacks;
  for (let row = 0; row < stacks.length; row++) {
    const united = rowOf === undefined ? row : (rowOf[row] as number);
    const at = placeOf[united] as number;
    if (at === DROPPED) continue;
    self[at] = (self[at] as number) + (selfOf[row] as number) * scale;
    total[at] = (total[at] as number) + (totalOf[row] as number) * scale;
    selfCount[at] = (selfCount[at] as number) + (selfCountOf[row] as number);
    totalCount[at] = (totalCount[at] as number) + (totalCountOf[row] as number);
  }
  return {
    ...{ self, total, selfCount, totalCount },
    idle: { value: idle.value * scale, count: idle.count },
    leftOut: { value: leftOut.value * scale, count: leftOut.count },
  };
}

function meanAmount(one: Amount, other: Amount): Amount {
  return { value: (one.value + other.value) / 2, count: (one.count + other.count) / 2 };
}
