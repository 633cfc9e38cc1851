import type { CallTree } from '../call-tree/call-tree.ts';
import { type Places, putHeaviestFirst } from '../call-tree/heaviest-first.ts';
import { type MergedStacks, mergeStacks } from '../call-tree/merge-stacks.ts';
import { type Amount, weighNodes } from '../call-tree/node-weights.ts';
import { findLabelSets, type LabelChoice } from '../labels/label-facets.ts';
import { findValueType, sharedValueTypes } from '../merge/shared-value-types.ts';
import type { Profile, ValueType } from '../model/profile.ts';
import { toStackView } from '../transform/stack-view.ts';
import { LEFT_OUT } from '../transform/stacks.ts';
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
  const means = emptyColumns(rows.stacks.length);
  // Halves of whole numbers are exact, so that totals still are the sums of their parts.
  addColumns(means, ofBefore.stacks, rows.ofBefore, scale / 2, 1 / 2);
  addColumns(means, ofAfter.stacks, rows.ofAfter, 1 / 2, 1 / 2);
  const { tree, places } = putHeaviestFirst({ ...rows.stacks, ...means });
  const sides = {
    before: toSide(ofBefore, rows.ofBefore, places, scale),
    after: toSide(ofAfter, rows.ofAfter, places, 1),
  };
  const idle = meanAmount(sides.before.idle, sides.after.idle);
  const leftOut = meanAmount(sides.before.leftOut, sides.after.leftOut);
  const { strings, functions } = united;
  return { strings, functions, tree: { ...tree, ...sides, idle, leftOut }, valueType, scale };
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
  const ofAfter = new Int32Array(after.length);
  for (let row = 1; row < after.length; row++) {
    const above = ofAfter[after.parent[row] as number] as number;
    ofAfter[row] = builder.rowOf(above, after.func[row] as number);
  }
  const ofBefore = new Int32Array(before.length);
  for (let row = 1; row < before.length; row++) {
    const above = ofBefore[before.parent[row] as number] as number;
    ofBefore[row] = builder.rowOf(above, functionOfBefore[before.func[row] as number] as number);
  }
  return { stacks: builder.finish(), ofBefore, ofAfter };
}

/** By row. */
interface Columns {
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfCount: Float64Array;
  readonly totalCount: Float64Array;
}

function emptyColumns(length: number): Columns {
  return {
    self: new Float64Array(length),
    total: new Float64Array(length),
    selfCount: new Float64Array(length),
    totalCount: new Float64Array(length),
  };
}

/** `rowOf`: where each of the stacks goes, or `LEFT_OUT`. */
function addColumns(
  into: Columns,
  stacks: MergedStacks,
  rowOf: Int32Array,
  scale: number,
  scaleOfCounts: number,
): void {
  for (let row = 0; row < stacks.length; row++) {
    const at = rowOf[row] as number;
    if (at === LEFT_OUT) continue;
    into.self[at] = (into.self[at] as number) + (stacks.self[row] as number) * scale;
    into.total[at] = (into.total[at] as number) + (stacks.total[row] as number) * scale;
    into.selfCount[at] = (into.selfCount[at] as number) + (stacks.selfCount[row] as number) * scaleOfCounts;
    into.totalCount[at] =
      (into.totalCount[at] as number) + (stacks.totalCount[row] as number) * scaleOfCounts;
  }
}

/** The columns of one side, in the order of the tree. */
function toSide(
  { stacks, idle, leftOut }: Weighed,
  rowOf: Int32Array,
  places: Places,
  scale: number,
): DiffSide {
  const columns = emptyColumns(places.length);
  const placeOf = rowOf.map((row) => (places.size[row] === 0 ? LEFT_OUT : (places.start[row] as number)));
  addColumns(columns, stacks, placeOf, scale, 1);
  return {
    ...columns,
    idle: { value: idle.value * scale, count: idle.count },
    leftOut: { value: leftOut.value * scale, count: leftOut.count },
  };
}

function meanAmount(one: Amount, other: Amount): Amount {
  return { value: (one.value + other.value) / 2, count: (one.count + other.count) / 2 };
}
