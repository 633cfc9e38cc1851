import { toCallTree } from '../call-tree/call-tree.ts';
import { toFunctionTotals } from '../call-tree/function-totals.ts';
import { findLabelSets, type LabelChoice } from '../labels/label-facets.ts';
import type { IndexIntoFunctionTable, Profile } from '../model/profile.ts';
import type { Transform } from '../transform/transform.ts';
import { FunctionUnion } from './function-union.ts';
import { findValueType, sharedValueTypes } from './shared-value-types.ts';

/** How far one profile is from the others. */
export interface Outlier {
  /** Which of the profiles. */
  readonly profile: number;
  /**
   * The part of its self that would have to be other functions' for it to be like the others: half the sum of the
   * differences of all functions' shares (the total variation distance). From 0, alike, to 1, nothing in common.
   */
  readonly distance: number;
  /** How far it would be by chance if it were like the others, seen through as few samples as it has. */
  readonly chance: number;
  /** What makes the difference most, at most `MOST_FUNCTIONS`. */
  readonly functions: readonly OutlierFunction[];
}

export interface OutlierFunction {
  readonly func: IndexIntoFunctionTable;
  /** Of the profile's self, from 0 to 1. */
  readonly share: number;
  /**
   * The mean of the others' shares. One with few samples counts less; one that was busy counts no more than the median of
   * all, so that it cannot make the many look odd.
   */
  readonly shareOfOthers: number;
}

export interface Outliers extends Pick<Profile, 'strings' | 'functions'> {
  /** The one furthest from the others first, beyond what chance explains. Profiles without samples are not in it. */
  readonly ranked: readonly Outlier[];
}

export interface OutlierOptions {
  /** By name; the default of the first profile unless said otherwise. */
  readonly valueType?: string | undefined;
  readonly includeIdle?: boolean | undefined;
  readonly labels?: readonly LabelChoice[] | undefined;
  readonly transforms?: readonly Transform[] | undefined;
}

const MOST_FUNCTIONS = 10;
const ROUNDING = 1e-12;

/** Finds the odd one among profiles of what should behave alike. @throws ProfileMismatchError when they measure nothing in common */
export function rankOutliers(profiles: readonly Profile[], options: OutlierOptions = {}): Outliers {
  const union = new FunctionUnion();
  const functionsOf = profiles.map((profile) => union.add(profile));
  const united = union.finish();
  const { length } = united.functions;
  const all = profiles.flatMap((profile, at) => {
    const shares = toShares(profile, profiles, functionsOf[at] as Uint32Array, length, options);
    return shares === undefined ? [] : [{ profile: at, ...shares }];
  });
  const weights = toWeights(all);
  const sums = new Float64Array(length);
  all.forEach(({ shares }, at) => {
    addTo(sums, shares, weights[at] as number);
  });
  const weightOfAll = weights.reduce((sum, weight) => sum + weight, 0);
  const ranked =
    all.length < 2 ? [] : all.map((one, at) => compare(one, weights[at] as number, sums, weightOfAll));
  ranked.sort((a, b) => b.distance - b.chance - (a.distance - a.chance) || a.profile - b.profile);
  return { ...united, ranked };
}

interface Shares {
  /** By function; their sum is 1. */
  readonly shares: Float64Array;
  readonly sampleCount: number;
}

function toShares(
  profile: Profile,
  profiles: readonly Profile[],
  functionOf: Uint32Array,
  length: number,
  { valueType, includeIdle = false, labels = [], transforms }: OutlierOptions,
): Shares | undefined {
  const shared = sharedValueTypes(profiles);
  const shown = valueType ?? profiles[0]?.valueTypes[profiles[0].defaultValueType]?.type;
  const wanted = shared.find(({ type }) => type === shown) ?? shared[0];
  const tree = toCallTree(profile, {
    valueType: wanted && findValueType(profile, wanted),
    labelSets: findLabelSets(profile, labels),
    includeIdle,
    transforms,
  });
  const total = tree.total[0] as number;
  if (!(total > 0)) return undefined;
  const { self } = toFunctionTotals(tree, profile.functions.length);
  const shares = new Float64Array(length);
  self.forEach((value, func) => {
    const united = functionOf[func] as number;
    shares[united] = (shares[united] as number) + value / total;
  });
  return { shares, sampleCount: tree.totalCount[0] as number };
}

/** Their samples, at most the median of all. */
function toWeights(all: readonly Shares[]): number[] {
  const counts = all.map(({ sampleCount }) => Math.max(1, sampleCount));
  const median = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1;
  return counts.map((count) => Math.min(count, median));
}

function addTo(sums: Float64Array, values: Float64Array, weight: number): void {
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (values[at] as number) * weight;
}

function compare(
  { profile, shares, sampleCount }: Shares & { readonly profile: number },
  weight: number,
  sums: Float64Array,
  weightOfAll: number,
): Outlier {
  const weightOfOthers = weightOfAll - weight;
  const samplingVariance = 1 / Math.max(1, sampleCount) + 1 / weightOfOthers;
  const differing: OutlierFunction[] = [];
  let distance = 0;
  let chance = 0;
  for (let func = 0; func < sums.length; func++) {
    const share = shares[func] as number;
    const mean = ((sums[func] as number) - share * weight) / weightOfOthers;
    // Sums of shares are off by the last digits: equal ones must not differ, and none is below nothing.
    const shareOfOthers = Math.abs(mean - share) < ROUNDING ? share : Math.max(0, mean);
    const expected = (share * weight + shareOfOthers * weightOfOthers) / weightOfAll;
    distance += Math.abs(share - shareOfOthers) / 2;
    // The mean size of a normal variable, whose variance is that of a share seen through samples.
    chance += Math.sqrt((2 / Math.PI) * expected * (1 - Math.min(1, expected)) * samplingVariance) / 2;
    if (share !== shareOfOthers) differing.push({ func, share, shareOfOthers });
  }
  const size = (one: OutlierFunction) => Math.abs(one.share - one.shareOfOthers);
  differing.sort((a, b) => size(b) - size(a) || a.func - b.func);
  return { profile, distance, chance, functions: differing.slice(0, MOST_FUNCTIONS) };
}
