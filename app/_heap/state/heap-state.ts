import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type {
  HeapClassSort,
  HeapCompareSort,
  HeapObjectSort,
  HeapOrder,
} from '#profile/heap/query/heap-query.ts';
import { pathFromText, pathsFromText, pathsToText, pathToText, type RowPath } from './row-path.ts';

export const HEAP_VIEWS = [
  'suspects',
  'classes',
  'dominators',
  'holders',
  'strings',
  'search',
  'compare',
] as const;
export type HeapView = (typeof HEAP_VIEWS)[number];

/** What is told of the chosen object. */
export const OBJECT_PARTS = ['retainers', 'fields', 'path', 'dominators', 'retained', 'text'] as const;
export type ObjectPart = (typeof OBJECT_PARTS)[number];

export const CHANGE_PARTS = ['new', 'grown', 'gone', 'holders'] as const;
export type ChangePart = (typeof CHANGE_PARTS)[number];

export const CLASS_SORTS = [
  'retained',
  'shallow',
  'count',
  'distance',
  'name',
] as const satisfies readonly HeapClassSort[];
export const OBJECT_SORTS = [
  'retained',
  'shallow',
  'distance',
  'id',
  'name',
] as const satisfies readonly HeapObjectSort[];
export const COMPARE_SORTS = [
  'grownBytes',
  'newBytes',
  'goneBytes',
  'newCount',
  'goneCount',
  'name',
  'moreCount',
  'moreShallow',
  'moreRetained',
] as const satisfies readonly HeapCompareSort[];

/** The trees whose rows open, each with a key of the address. */
const OPEN_KEYS = {
  classes: 'oc',
  dominators: 'od',
  holders: 'oh',
  changes: 'og',
  fields: 'of',
  retainers: 'or',
} as const;
export type HeapTree = keyof typeof OPEN_KEYS;
export const HEAP_TREES = Object.keys(OPEN_KEYS) as HeapTree[];

/** Whose holders are looked at. */
export type HoldersOf = { readonly className: string } | { readonly object: HeapObjectId };

/** All that decides what is seen of a snapshot; the address holds it and restores it. */
export interface HeapState {
  /** Undefined: what the snapshot has most to say by. */
  readonly view: HeapView | undefined;
  /** In the filter language: of classes, of objects, of strings and of changes. */
  readonly classFilter: string;
  readonly search: string;
  readonly stringFilter: string;
  readonly changeFilter: string;
  readonly classOrder: HeapOrder<HeapClassSort>;
  readonly objectOrder: HeapOrder<HeapObjectSort>;
  readonly changeOrder: HeapOrder<HeapCompareSort>;
  /** Rows that are open, in the order in which they were opened. */
  readonly open: Readonly<Record<HeapTree, readonly RowPath[]>>;
  /** The row of the view that the keys move from. */
  readonly cursor: RowPath | undefined;
  /** Rows of the view that are scrolled away. */
  readonly scrolledRows: number;
  readonly selected: HeapObjectId | undefined;
  readonly part: ObjectPart;
  /** Ways through these do not count when it is asked who holds something. */
  readonly ignored: readonly HeapObjectId[];
  readonly holdersOf: HoldersOf | undefined;
  /** The capture that was taken before this one. */
  readonly earlier: string | undefined;
  /** Whose new, grown and gone objects are listed. */
  readonly changedClass: string | undefined;
  readonly changePart: ChangePart;
}

/** An address has to stay short enough to be sent. */
export const MOST_OPEN_ROWS = 200;
export const MOST_IGNORED = 100;

const BIGGEST = { by: 'retained', descending: true } as const;

export const INITIAL_HEAP_STATE: HeapState = {
  view: undefined,
  classFilter: '',
  search: '',
  stringFilter: '',
  changeFilter: '',
  classOrder: BIGGEST,
  objectOrder: BIGGEST,
  changeOrder: { by: 'grownBytes', descending: true },
  open: { classes: [], dominators: [], holders: [], changes: [], fields: [], retainers: [] },
  cursor: undefined,
  scrolledRows: 0,
  selected: undefined,
  part: 'retainers',
  ignored: [],
  holdersOf: undefined,
  earlier: undefined,
  changedClass: undefined,
  changePart: 'new',
};

const KEYS = [
  'view',
  'cf',
  'q',
  'sf',
  'gf',
  'sort',
  'osort',
  'gsort',
  ...Object.values(OPEN_KEYS),
  'row',
  'line',
  'obj',
  'part',
  'ignore',
  'who',
  'before',
  'class',
  'change',
] as const;
type Key = (typeof KEYS)[number];

/** What is missing or makes no sense is as at the beginning. */
export function parseHeapState(query: URLSearchParams): HeapState {
  const get = (key: Key) => query.get(key) ?? '';
  const lines = get('line');
  return {
    view: oneOf(HEAP_VIEWS, get('view')),
    classFilter: get('cf'),
    search: get('q'),
    stringFilter: get('sf'),
    changeFilter: get('gf'),
    classOrder: parseOrder(CLASS_SORTS, get('sort')) ?? INITIAL_HEAP_STATE.classOrder,
    objectOrder: parseOrder(OBJECT_SORTS, get('osort')) ?? INITIAL_HEAP_STATE.objectOrder,
    changeOrder: parseOrder(COMPARE_SORTS, get('gsort')) ?? INITIAL_HEAP_STATE.changeOrder,
    open: Object.fromEntries(
      HEAP_TREES.map((tree) => [tree, pathsFromText(get(OPEN_KEYS[tree])).slice(-MOST_OPEN_ROWS)]),
    ) as unknown as HeapState['open'],
    cursor: query.get('row') === null ? undefined : pathFromText(get('row')),
    scrolledRows: /^\d{1,7}$/.test(lines) ? Number(lines) : 0,
    selected: parseId(get('obj')),
    part: oneOf(OBJECT_PARTS, get('part')) ?? INITIAL_HEAP_STATE.part,
    ignored: parseIds(get('ignore')),
    holdersOf: parseHoldersOf(query.get('who')),
    earlier: get('before') || undefined,
    changedClass: query.get('class') ?? undefined,
    changePart: oneOf(CHANGE_PARTS, get('change')) ?? INITIAL_HEAP_STATE.changePart,
  };
}

/** Puts the state into a query; keys of others stay, what is as at the beginning is left out. */
export function writeHeapState(state: HeapState, query: URLSearchParams): URLSearchParams {
  const next = withoutHeapState(query);
  const set = (key: Key, value: string) => value !== '' && next.set(key, value);
  const setAny = (key: Key, value: string | undefined) => value !== undefined && next.set(key, value);
  set('view', state.view ?? '');
  set('cf', state.classFilter);
  set('q', state.search);
  set('sf', state.stringFilter);
  set('gf', state.changeFilter);
  set('sort', unless(INITIAL_HEAP_STATE.classOrder, state.classOrder));
  set('osort', unless(INITIAL_HEAP_STATE.objectOrder, state.objectOrder));
  set('gsort', unless(INITIAL_HEAP_STATE.changeOrder, state.changeOrder));
  for (const tree of HEAP_TREES) set(OPEN_KEYS[tree], pathsToText(state.open[tree]));
  setAny('row', state.cursor && pathToText(state.cursor));
  set('line', state.scrolledRows === 0 ? '' : String(state.scrolledRows));
  setAny('obj', state.selected?.toString());
  set('part', state.part === INITIAL_HEAP_STATE.part ? '' : state.part);
  set('ignore', state.ignored.join('.'));
  setAny('who', state.holdersOf && holdersOfToText(state.holdersOf));
  set('before', state.earlier ?? '');
  setAny('class', state.changedClass);
  set('change', state.changePart === INITIAL_HEAP_STATE.changePart ? '' : state.changePart);
  return next;
}

/** What else is in a query. */
export function withoutHeapState(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  for (const key of KEYS) rest.delete(key);
  return rest;
}

function oneOf<const T extends string>(choices: readonly T[], text: string): T | undefined {
  return choices.find((choice) => choice === text);
}

function formatOrder({ by, descending }: HeapOrder<string>): string {
  return `${descending ? '-' : ''}${by}`;
}

function unless(initial: HeapOrder<string>, order: HeapOrder<string>): string {
  const text = formatOrder(order);
  return text === formatOrder(initial) ? '' : text;
}

function parseOrder<const T extends string>(choices: readonly T[], text: string): HeapOrder<T> | undefined {
  const by = oneOf(choices, text.replace(/^-/, ''));
  return by === undefined ? undefined : { by, descending: text.startsWith('-') };
}

function parseId(text: string): HeapObjectId | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function parseIds(text: string): HeapObjectId[] {
  return [...new Set(text.split('.').flatMap((id) => parseId(id) ?? []))].slice(-MOST_IGNORED);
}

/** An object as `@12`, a class as `.Session`. */
function holdersOfToText(of: HoldersOf): string {
  return 'object' in of ? `@${of.object}` : `.${of.className}`;
}

function parseHoldersOf(text: string | null): HoldersOf | undefined {
  if (text?.startsWith('.')) return { className: text.slice(1) };
  const object = text?.startsWith('@') ? parseId(text.slice(1)) : undefined;
  return object === undefined ? undefined : { object };
}
