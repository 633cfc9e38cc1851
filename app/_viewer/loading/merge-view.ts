import {
  FRAME_KIND,
  type FrameKind,
  findLabelSets,
  findLargestNumber,
  type NamedProfile,
  type Origin,
  originOf,
  type Profile,
  type ProfileSet,
  toCallTree,
  toFunctionTotals,
  toLabelFacets,
} from '#profile/index.ts';
import { toFlameLayout } from '../flame/flame-layout.ts';
import type { MergedView, OpenedProfile, ViewChoice } from './protocol.ts';

/** The label by which agents say of samples how long the longest of what they sum up was, in milliseconds. */
const LONGEST = 'longest_ms';

/** What the viewer is given of a profile once. */
export function toOpenedProfile({ profiles }: ProfileSet, { name, profile }: NamedProfile): OpenedProfile {
  const { strings, functions, valueTypes, defaultValueType } = profile;
  const origin = Uint8Array.from(functions.url, (url, func): Origin => {
    return originOf(strings[url] ?? '', functions.kind[func] as FrameKind);
  });
  return {
    threads: profiles.map((each) => each.name),
    thread: name,
    strings,
    functions,
    origin,
    valueTypes,
    defaultValueType,
    facets: toLabelFacets(profile),
    idleValue: sumIdle(profile),
  };
}

/** What it is given for each choice. */
export function mergeView(profile: Profile, { includeIdle, valueType, labels }: ViewChoice): MergedView {
  const named = profile.valueTypes.findIndex(({ type }) => type === valueType);
  const chosen = named < 0 ? profile.defaultValueType : named;
  const labelSets = findLabelSets(profile, labels);
  const tree = toCallTree(profile, { includeIdle, valueType: chosen, labelSets });
  return {
    valueType: chosen,
    longestMs: findLargestNumber(profile, LONGEST, chosen, labelSets),
    tree,
    layout: toFlameLayout(tree),
    totals: toFunctionTotals(tree, profile.functions.length),
  };
}

function sumIdle({ functions, nodes, samples, defaultValueType }: Profile): number {
  const values = samples.values[defaultValueType];
  let sum = 0;
  for (let index = 0; index < samples.length; index++) {
    const func = nodes.func[samples.node[index] as number] as number;
    if (functions.kind[func] === FRAME_KIND.idle) sum += values === undefined ? 1 : (values[index] as number);
  }
  return sum;
}
