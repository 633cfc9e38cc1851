import {
  type CallTree,
  FRAME_KIND,
  type FrameKind,
  type FunctionTable,
  type FunctionTotals,
  findLabelSets,
  findLargestNumber,
  type NamedProfile,
  type Origin,
  originOf,
  type Profile,
  type ProfileSet,
  selfOfFunctions,
  toCallTree,
  toFunctionTotals,
  toLabelFacets,
} from '#profile/index.ts';
import { toFlameLayout } from '../flame/flame-layout.ts';
import type { MergedView, OpenedProfile, TreePicture, ViewChoice } from './protocol.ts';

/** The label by which agents say of samples how long the longest of what they sum up was, in milliseconds. */
const LONGEST = 'longest_ms';

/** What the viewer is given of a profile once. */
export function toOpenedProfile({ profiles }: ProfileSet, { name, profile }: NamedProfile): OpenedProfile {
  const { strings, functions, nodes, valueTypes, defaultValueType, timeline } = profile;
  const wholeSelf = selfOfFunctions(profile);
  const origin = Uint8Array.from(functions.url, (url, func): Origin => {
    return originOf(strings[url] ?? '', functions.kind[func] as FrameKind);
  });
  return {
    threads: profiles.map((each) => each.name),
    thread: name,
    strings,
    functions,
    recording: profile.recording,
    origin,
    valueTypes,
    defaultValueType,
    facets: toLabelFacets(profile),
    wholeSelf,
    firstSampleMicros: timeline?.firstSampleMicros,
    totalMicros: timeline && timeline.endMicros - timeline.firstSampleMicros,
    maxDepth: nodes.depth.reduce((deepest, depth) => Math.max(deepest, depth), 0),
    idleValue: sumIdle(functions, wholeSelf),
  };
}

/** What it is given for each choice. */
export function mergeView(
  profile: Profile,
  choice: ViewChoice,
  toPictures: ToPictures = toCallsPicture,
): MergedView {
  const { includeIdle, labels, transforms, timeRange } = choice;
  const named = profile.valueTypes.findIndex(({ type }) => type === choice.valueType);
  const valueType = named < 0 ? profile.defaultValueType : named;
  const labelSets = findLabelSets(profile, labels);
  const calls = toCallTree(profile, { includeIdle, valueType, labelSets, transforms, timeRange });
  const totals = toFunctionTotals(calls, profile.functions.length);
  return {
    valueType,
    longestMs: findLargestNumber(profile, LONGEST, valueType, labelSets),
    totals,
    leftOut: calls.leftOut.value,
    whole: (calls.total[0] as number) + calls.leftOut.value,
    ...toPictures(profile, calls, totals, choice),
  };
}

/** The pictures that a choice asks for, of the calls that it lets in. */
export type ToPictures = (
  profile: Profile,
  calls: CallTree,
  totals: FunctionTotals,
  choice: ViewChoice,
) => Pick<MergedView, 'tree' | 'layout' | 'callers' | 'middle'>;

/** From the root. All others are of `toTurnedPictures`, which most never look at. */
const toCallsPicture: ToPictures = (_profile, calls) => ({
  ...toPicture(calls),
  callers: undefined,
  middle: undefined,
});

export function toPicture(tree: CallTree): TreePicture {
  return { tree, layout: toFlameLayout(tree) };
}

function sumIdle({ kind }: FunctionTable, self: Float64Array): number {
  return self.reduce((sum, value, func) => (kind[func] === FRAME_KIND.idle ? sum + value : sum), 0);
}
