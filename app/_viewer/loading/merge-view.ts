import {
  type CallTree,
  FRAME_KIND,
  type FrameKind,
  type FunctionName,
  type FunctionTable,
  type FunctionTotals,
  findFunction,
  findLabelSets,
  findLargestNumber,
  type IndexIntoFunctionTable,
  type NamedProfile,
  type Origin,
  originOf,
  type Profile,
  type ProfileSet,
  selfOfFunctions,
  toCalleesTree,
  toCallersTree,
  toCallTree,
  toFunctionTotals,
  toInvertedTree,
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
export function mergeView(profile: Profile, choice: ViewChoice): MergedView {
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

function toPictures(
  profile: Profile,
  calls: CallTree,
  totals: FunctionTotals,
  { picture, middle }: ViewChoice,
): Pick<MergedView, 'tree' | 'layout' | 'callers' | 'middle'> {
  const alone = { callers: undefined, middle: undefined };
  if (picture === 'callers') return { ...toPicture(toInvertedTree(calls)), ...alone };
  const func = picture === 'sandwich' ? findMiddle(profile, calls, totals, middle) : undefined;
  if (func === undefined) return { ...toPicture(calls), ...alone };
  return {
    ...toPicture(withoutRoot(toCalleesTree(calls, func))),
    callers: toPicture(withoutRoot(toCallersTree(calls, func))),
    middle: func,
  };
}

function toPicture(tree: CallTree): TreePicture {
  return { tree, layout: toFlameLayout(tree) };
}

/** The tree from the one row below its root on, which is all of it. */
function withoutRoot<Tree extends CallTree>(tree: Tree): Tree {
  return {
    ...tree,
    length: tree.length - 1,
    parent: tree.parent.slice(1).map((row) => row - 1),
    func: tree.func.slice(1),
    depth: tree.depth.slice(1).map((depth) => depth - 1),
    end: tree.end.slice(1).map((row) => row - 1),
    self: tree.self.slice(1),
    total: tree.total.slice(1),
    selfCount: tree.selfCount.slice(1),
    totalCount: tree.totalCount.slice(1),
    ...('goesOn' in tree ? { goesOn: (tree.goesOn as Uint8Array).slice(1) } : {}),
    maxDepth: tree.maxDepth - 1,
  };
}

/** The function of that name, if it is there; else the one that took most itself. */
function findMiddle(
  profile: Profile,
  calls: CallTree,
  totals: FunctionTotals,
  name: FunctionName | undefined,
): IndexIntoFunctionTable | undefined {
  const named = name && findFunction(profile, name);
  if (named !== undefined && (totals.totalCount[named] as number) > 0) return named;
  let most: IndexIntoFunctionTable | undefined;
  for (const func of totals.self.keys()) {
    if (func === calls.func[0] || !((totals.totalCount[func] as number) > 0)) continue;
    if (most === undefined || (totals.self[func] as number) > (totals.self[most] as number)) most = func;
  }
  return most;
}

function sumIdle({ kind }: FunctionTable, self: Float64Array): number {
  return self.reduce((sum, value, func) => (kind[func] === FRAME_KIND.idle ? sum + value : sum), 0);
}
