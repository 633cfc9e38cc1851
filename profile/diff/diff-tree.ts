import type { CallTree } from '../call-tree/call-tree.ts';
import { putHeaviestFirst } from '../call-tree/heaviest-first.ts';
import { type SelfColumns, sumRows, sumUp } from '../call-tree/merge-stacks.ts';
import { type Amount, weighNodes } from '../call-tree/node-weights.ts';
import { findLabelSets, type LabelChoice } from '../labels/label-facets.ts';
import { findValueType, sharedValueTypes } from '../merge/shared-value-types.ts';
import type { Counts } from '../model/add-up.ts';
import type { Profile, ValueType } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import { follow, toStackView } from '../transform/stack-view.ts';
import type { Stacks } from '../transform/stacks.ts';
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
  const { normalise = false, transforms = [], timeRange } = options;
  const [viewBefore, viewAfter] = [toStackView(before, transforms), toStackView(after, transforms)];
  const { ofBefore: functionOfBefore, ...united } = uniteFunctions(before, after);
  const { stacks, rowOfBefore } = uniteStacks(viewBefore.stacks, functionOfBefore, viewAfter.stacks);
  const scratch = new Scratch();
  const rowOfNode = follow(viewBefore.rowOfNode, rowOfBefore, scratch.int32(before.nodes.length));
  const asked = { ...options, valueType, rows: stacks.length, scratch };
  const old = weigh(before, rowOfNode, timeRange?.before, asked);
  const now = weigh(after, viewAfter.rowOfNode, timeRange?.after, asked);
  const scale = normalise ? scaleTo(sumOf(now.self), old) : 1;
  const columnsOfOld = { ...old, ...sumUp(stacks, old, scratch) };
  const columnsOfNow = { ...now, ...sumUp(stacks, now, scratch) };
  const means = meanColumns(columnsOfOld, columnsOfNow, scratch);
  const { tree, placeOf } = putHeaviestFirst({ ...stacks, ...means }, scratch);
  const sides = {
    before: { ...inPlace(columnsOfOld, placeOf, tree.length), ...scaled(old, scale) },
    after: { ...inPlace(columnsOfNow, placeOf, tree.length), ...scaled(now, 1) },
  };
  scratch.giveBack();
  const idle = meanAmount(sides.before.idle, sides.after.idle);
  const leftOut = meanAmount(sides.before.leftOut, sides.after.leftOut);
  return { ...united, tree: { ...tree, ...sides, idle, leftOut }, valueType, scale };
}

/** What is asked of both. */
interface Asked extends Pick<DiffOptions, 'includeIdle' | 'labels'> {
  readonly valueType: ValueType;
  /** How many the stacks of both have. */
  readonly rows: number;
  readonly scratch: Scratch;
}

interface Weighed extends SelfColumns {
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
  rowOfNode: Int32Array | undefined,
  timeRange: TimeRange | undefined,
  { valueType: wanted, includeIdle = false, labels = [], rows, scratch }: Asked,
): Weighed {
  const valueType = findValueType(profile, wanted);
  const labelSets = findLabelSets(profile, labels);
  const weights = weighNodes(profile, { valueType, includeIdle, labelSets, timeRange }, scratch);
  return { ...sumRows(rowOfNode, rows, weights, scratch), idle: weights.idle };
}

/** The functions of `after` are those of both, and its stacks, no two of which are equal, keep their rows. */
function uniteStacks(before: Stacks, functionOfBefore: Uint32Array, after: Stacks) {
  const builder = new StacksBuilder(after.func[0] as number, before.length + after.length);
  for (let row = 1; row < after.length; row++) {
    builder.rowOf(after.parent[row] as number, after.func[row] as number);
  }
  const rowOfBefore = new Int32Array(before.length);
  for (let row = 1; row < before.length; row++) {
    const above = rowOfBefore[before.parent[row] as number] as number;
    rowOfBefore[row] = builder.rowOf(above, functionOfBefore[before.func[row] as number] as number);
  }
  return { stacks: builder.finish(), rowOfBefore };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row] as number;
  return sum;
}

/** Makes all of it that much. What it was multiplied by; 1 where there is nothing on one of the sides. */
function scaleTo(wanted: number, { self }: Weighed): number {
  const all = sumOf(self);
  if (!(wanted > 0 && all > 0)) return 1;
  const scale = wanted / all;
  for (let row = 0; row < self.length; row++) self[row] = (self[row] as number) * scale;
  return scale;
}

/** By row. */
interface Columns<C extends Counts = Float64Array> {
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfCount: C;
  readonly totalCount: C;
}

/** Halves of whole numbers are exact, so that totals still are the sums of their parts. */
function meanColumns(one: Columns<Counts>, other: Columns<Counts>, scratch: Scratch): Columns {
  return {
    self: mean(one.self, other.self, scratch),
    total: mean(one.total, other.total, scratch),
    selfCount: mean(one.selfCount, other.selfCount, scratch),
    totalCount: mean(one.totalCount, other.totalCount, scratch),
  };
}

function mean(one: Counts, other: Counts, scratch: Scratch): Float64Array {
  const column = scratch.float64(one.length);
  for (let row = 0; row < column.length; row++)
    column[row] = ((one[row] as number) + (other[row] as number)) / 2;
  return column;
}

/** In the order of the tree. */
function inPlace(columns: Columns<Counts>, placeOf: Uint32Array, length: number): Columns {
  return {
    self: columnInPlace(columns.self, placeOf, length),
    total: columnInPlace(columns.total, placeOf, length),
    selfCount: columnInPlace(columns.selfCount, placeOf, length),
    totalCount: columnInPlace(columns.totalCount, placeOf, length),
  };
}

function columnInPlace(column: Counts, placeOf: Uint32Array, length: number): Float64Array {
  const inPlace = new Float64Array(length);
  // What is dropped has no place, and stands where the root is put in the end.
  for (let row = column.length - 1; row >= 0; row--) inPlace[placeOf[row] as number] = column[row] as number;
  return inPlace;
}

function scaled({ idle, leftOut }: Weighed, scale: number): Pick<DiffSide, 'idle' | 'leftOut'> {
  return {
    idle: { value: idle.value * scale, count: idle.count },
    leftOut: { value: leftOut.value * scale, count: leftOut.count },
  };
}

function meanAmount(one: Amount, other: Amount): Amount {
  return { value: (one.value + other.value) / 2, count: (one.count + other.count) / 2 };
}
