import {
  FRAME_KIND,
  type FrameKind,
  type FunctionDifferences,
  type Origin,
  originOf,
  type Profile,
  toDiffTree,
  toFunctionDifferences,
  toFunctionTotals,
  type ValueType,
} from '#profile/index.ts';
import { toFlameLayout } from '../../_viewer/flame/flame-layout.ts';
import type { OpenedProfile } from '../../_viewer/loading/protocol.ts';
import type { Sides } from '../changes.ts';
import type { CompareChoice, ComparedView } from './compare-protocol.ts';
import { sharedFacets } from './shared-facets.ts';

/** The value types that both have, in the order of the later one. */
export function sharedTypes({ before, after }: Sides<Profile>): readonly ValueType[] {
  return after.valueTypes.filter(({ type, unit }) =>
    before.valueTypes.some((other) => other.type === type && other.unit === unit),
  );
}

interface Compared {
  readonly view: ComparedView;
  /** What is the same for every choice, which takes a look at every sample. */
  toOpenedProfile(): OpenedProfile;
}

/** What is shown of both for a choice. */
export function compareProfiles(sides: Sides<Profile>, choice: CompareChoice): Compared {
  const { includeIdle, labels, valueType, transforms, scale } = choice;
  const diff = toDiffTree(sides.before, sides.after, {
    normalise: scale === 'shares',
    valueType,
    includeIdle,
    labels,
    transforms,
  });
  const { tree } = diff;
  const functions = toFunctionDifferences(diff);
  const valueTypes = sharedTypes(sides);
  const view: ComparedView = {
    valueType: indexOf(valueTypes, diff.valueType),
    scale,
    tree,
    layout: toFlameLayout(tree),
    totals: toFunctionTotals(tree, diff.functions.length),
    sideLayouts: {
      before: toFlameLayout({ ...tree, total: tree.before.total }),
      after: toFlameLayout({ ...tree, total: tree.after.total }),
    },
    functions,
    wholes: {
      before: (tree.before.total[0] as number) / diff.scale,
      after: tree.after.total[0] as number,
    },
  };
  return { view, toOpenedProfile: () => toOpenedProfile(sides, diff, view, valueTypes) };
}

function toOpenedProfile(
  sides: Sides<Profile>,
  { strings, functions }: ReturnType<typeof toDiffTree>,
  view: ComparedView,
  valueTypes: readonly ValueType[],
): OpenedProfile {
  return {
    threads: [],
    thread: '',
    strings,
    functions,
    origin: Uint8Array.from(functions.url, (url, func): Origin => {
      return originOf(strings[url] ?? '', functions.kind[func] as FrameKind);
    }),
    recording: sides.after.recording,
    valueTypes,
    defaultValueType: indexOf(valueTypes, sides.after.valueTypes[sides.after.defaultValueType]),
    facets: sharedFacets(sides, valueTypes),
    wholeSelf: meansOf(view.functions),
    firstSampleMicros: undefined,
    totalMicros: undefined,
    maxDepth: view.tree.maxDepth,
    idleValue: (idleOf(sides.before) + idleOf(sides.after)) / 2,
  };
}

function indexOf(valueTypes: readonly ValueType[], wanted: ValueType | undefined): number {
  const found = valueTypes.findIndex(({ type, unit }) => type === wanted?.type && unit === wanted?.unit);
  return Math.max(0, found);
}

/** What is moved out of the worker with a view. */
export function columnsOf({ tree, layout, totals, sideLayouts, functions }: ComparedView): ArrayBuffer[] {
  const tables: object[] = [
    tree,
    tree.before,
    tree.after,
    layout,
    totals,
    sideLayouts.before,
    sideLayouts.after,
    functions.before,
    functions.after,
  ];
  const columns = tables.flatMap((table) => Object.values(table));
  const buffers = columns.flatMap((column) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );
  return [...new Set(buffers)];
}

function meansOf({ before, after }: FunctionDifferences): Float64Array {
  return before.self.map((value, func) => (value + (after.self[func] as number)) / 2);
}

/** How long the thread had nothing to do. */
function idleOf({ functions, nodes, samples, defaultValueType }: Profile): number {
  const values = samples.values[defaultValueType];
  let sum = 0;
  for (let index = 0; index < samples.length; index++) {
    const func = nodes.func[samples.node[index] as number] as number;
    if (functions.kind[func] === FRAME_KIND.idle) sum += values === undefined ? 1 : (values[index] as number);
  }
  return sum;
}
