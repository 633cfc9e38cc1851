import type { FunctionName, LabelChoice, Transform } from '#profile/index.ts';
import { type ViewRange, WHOLE } from '../flame/view-range.ts';
import {
  INITIAL_TIME,
  parseTimeState,
  TIME_KEYS,
  type TimeState,
  writeTimeState,
} from '../time/time-state.ts';
import { joinTexts, splitTexts } from './length-prefixed.ts';
import { isStackAddress, type StackAddress } from './stack-address.ts';
import { functionToText, parseFunction, parseTransform, transformToText } from './transform-text.ts';

export const VIEWS = ['flame', 'time', 'callers', 'sandwich', 'top', 'both'] as const;
export type View = (typeof VIEWS)[number];
export const SORT_COLUMNS = ['self', 'total', 'selfSamples', 'totalSamples', 'name'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
/** What a row of the table is; `callers`: a function, with its callers below it. */
export const ROW_KINDS = ['function', 'file', 'package', 'callers'] as const;
export type RowKind = (typeof ROW_KINDS)[number];
export const COLOURINGS = ['origin', 'file', 'own'] as const;
export type Colouring = (typeof COLOURINGS)[number];

/** What is seen of one picture. */
export interface PictureState {
  /** What was zoomed to; undefined: everything, or a range chosen by hand. */
  readonly zoom: StackAddress | undefined;
  readonly range: ViewRange;
  readonly selected: StackAddress | undefined;
  /** Lines of the picture scrolled away. */
  readonly scrolledLines: number;
}

/** All that decides what is seen of a profile; the address holds it and restores it. */
export interface ViewerState extends PictureState {
  readonly view: View;
  /** The root below and callees above, instead of the other way round. */
  readonly rootBelow: boolean;
  readonly colours: Colouring;
  readonly search: string;
  readonly searchIsPattern: boolean;
  readonly includeIdle: boolean;
  /** Which of the profiles of the file; undefined: the one in which most happened. */
  readonly thread: string | undefined;
  /** The name of what is shown; undefined: what the profile shows first. */
  readonly valueType: string | undefined;
  /** Only samples with all these labels; a key is there once. */
  readonly labels: readonly LabelChoice[];
  /** The key whose values are offered; undefined: the one that says most. */
  readonly labelKey: string | undefined;
  /** The key whose values stand between the root and the stacks. */
  readonly groupedBy: string | undefined;
  /** What is done to the stacks, in order. */
  readonly transforms: readonly Transform[];
  /** The function between its callers and its callees; undefined: the one that took most itself. */
  readonly middle: FunctionName | undefined;
  /** Of the callers above it; what stands beside is of the callees below. */
  readonly callersPicture: PictureState;
  readonly rows: RowKind;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
  /** Rows of the table of callers that are open, in the order in which they were opened. */
  readonly openRows: readonly StackAddress[];
  /** The chosen one of them. */
  readonly selectedRow: StackAddress | undefined;
  /** The source of the chosen call is open. */
  readonly isSourceOpen: boolean;
  /** The topmost line of the source seen; undefined: where most was taken. */
  readonly sourceLine: number | undefined;
  /** Names and places are those of what ran, whatever source maps say. */
  readonly isGenerated: boolean;
  /** The chosen file or package of their tables; see `TableRows.id`. */
  readonly selectedGroup: string | undefined;
  /** Of the time-ordered chart, and which time all views are about. */
  readonly time: TimeState;
}

/** More of them at once help nobody; an address has to stay short enough to be sent. */
export const MOST_TRANSFORMS = 50;
export const MOST_OPEN_ROWS = 400;

export const INITIAL_PICTURE: PictureState = {
  zoom: undefined,
  range: WHOLE,
  selected: undefined,
  scrolledLines: 0,
};

export const INITIAL_STATE: ViewerState = {
  ...INITIAL_PICTURE,
  view: 'flame',
  rootBelow: false,
  colours: 'origin',
  search: '',
  searchIsPattern: false,
  includeIdle: false,
  thread: undefined,
  valueType: undefined,
  labels: [],
  labelKey: undefined,
  groupedBy: undefined,
  transforms: [],
  middle: undefined,
  callersPicture: INITIAL_PICTURE,
  rows: 'function',
  sort: { column: 'self', descending: true },
  openRows: [],
  selectedRow: undefined,
  isSourceOpen: false,
  sourceLine: undefined,
  isGenerated: false,
  selectedGroup: undefined,
  time: INITIAL_TIME,
};

const PICTURE_KEYS = { zoom: 'zoom', range: 'range', selected: 'sel', scrolledLines: 'line' } as const;
const CALLERS_KEYS = { zoom: 'zoom2', range: 'range2', selected: 'sel2', scrolledLines: 'line2' } as const;
type PictureKeys = Readonly<Record<keyof PictureState, Key>>;

const KEYS = [
  'view',
  'up',
  'colours',
  'q',
  're',
  'idle',
  'thread',
  'value',
  'label',
  'by',
  'group',
  'do',
  'fn',
  'rows',
  'sort',
  'open',
  'row',
  'src',
  'srcline',
  'gen',
  'of',
  ...Object.values(PICTURE_KEYS),
  ...Object.values(CALLERS_KEYS),
  ...TIME_KEYS,
] as const;
type Key = (typeof KEYS)[number];

/** What is missing or makes no sense is as at the beginning. */
export function parseViewerState(query: URLSearchParams): ViewerState {
  return {
    view: oneOf(VIEWS, query.get('view')) ?? INITIAL_STATE.view,
    rootBelow: query.get('up') === '1',
    colours: oneOf(COLOURINGS, query.get('colours')) ?? INITIAL_STATE.colours,
    search: query.get('q') ?? '',
    searchIsPattern: query.get('re') === '1',
    includeIdle: query.get('idle') === '1',
    thread: query.get('thread') || undefined,
    valueType: query.get('value') || undefined,
    labels: parseLabels(query.getAll('label')),
    labelKey: query.get('by') || undefined,
    groupedBy: query.get('group') || undefined,
    transforms: query
      .getAll('do')
      .slice(0, MOST_TRANSFORMS)
      .flatMap((text) => parseTransform(text) ?? []),
    middle: parseFunction(query.get('fn') ?? ''),
    ...parsePicture(query, PICTURE_KEYS),
    callersPicture: parsePicture(query, CALLERS_KEYS),
    rows: oneOf(ROW_KINDS, query.get('rows')) ?? INITIAL_STATE.rows,
    sort: parseSort(query.get('sort')),
    openRows: parseOpenRows(query.get('open') ?? ''),
    selectedRow: parseAddress(query.get('row')),
    isSourceOpen: query.get('src') === '1',
    sourceLine: parseLine(query.get('srcline')),
    isGenerated: query.get('gen') === '1',
    selectedGroup: query.get('of') || undefined,
    time: parseTimeState(query),
  };
}

/** Puts the state into a query; keys of others stay, what is as at the beginning is left out. */
export function writeViewerState(state: ViewerState, query: URLSearchParams): URLSearchParams {
  const next = withoutViewerState(query);
  const set: SetText = (key, value) => value !== '' && next.set(key, value);
  set('view', unless(INITIAL_STATE.view, state.view));
  set('up', state.rootBelow ? '1' : '');
  set('colours', unless(INITIAL_STATE.colours, state.colours));
  set('q', state.search);
  set('re', state.searchIsPattern ? '1' : '');
  set('idle', state.includeIdle ? '1' : '');
  set('thread', state.thread ?? '');
  set('value', state.valueType ?? '');
  for (const { key, value } of state.labels) next.append('label', joinTexts(key, value));
  set('by', state.labelKey ?? '');
  set('group', state.groupedBy ?? '');
  for (const transform of state.transforms) next.append('do', transformToText(transform));
  set('fn', state.middle === undefined ? '' : functionToText(state.middle));
  writePicture(state, PICTURE_KEYS, set);
  writePicture(state.callersPicture, CALLERS_KEYS, set);
  set('rows', unless(INITIAL_STATE.rows, state.rows));
  set('sort', formatSort(state.sort));
  set('open', state.openRows.join('.'));
  set('row', state.selectedRow ?? '');
  set('src', state.isSourceOpen ? '1' : '');
  set('srcline', String(state.sourceLine ?? ''));
  set('gen', state.isGenerated ? '1' : '');
  set('of', state.selectedGroup ?? '');
  writeTimeState(state.time, set);
  return next;
}

/** What else is in a query. */
export function withoutViewerState(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  for (const key of KEYS) rest.delete(key);
  return rest;
}

export function isWhole(range: ViewRange): boolean {
  return range.from === WHOLE.from && range.to === WHOLE.to;
}

type SetText = (key: Key, value: string) => void;

function unless(initial: string, value: string): string {
  return value === initial ? '' : value;
}

function oneOf<const T extends string>(choices: readonly T[], text: string | null): T | undefined {
  return choices.find((choice) => choice === text);
}

function parseLabels(texts: readonly string[]): LabelChoice[] {
  const labels = new Map<string, LabelChoice>();
  for (const text of texts) {
    const [key, value] = splitTexts(text) ?? [];
    if (key !== undefined && value !== undefined) labels.set(key, { key, value });
  }
  return [...labels.values()];
}

function parsePicture(query: URLSearchParams, keys: PictureKeys): PictureState {
  const lines = query.get(keys.scrolledLines) ?? '';
  return {
    zoom: parseAddress(query.get(keys.zoom)),
    range: parseRange(query.get(keys.range)),
    selected: parseAddress(query.get(keys.selected)),
    scrolledLines: /^\d{1,6}(\.\d+)?$/.test(lines) ? Number(lines) : 0,
  };
}

function writePicture(
  { zoom, range, selected, scrolledLines }: PictureState,
  keys: PictureKeys,
  set: SetText,
) {
  set(keys.zoom, zoom ?? '');
  set(keys.range, zoom === undefined && !isWhole(range) ? `${range.from}~${range.to}` : '');
  set(keys.selected, selected ?? '');
  set(keys.scrolledLines, scrolledLines === 0 ? '' : String(scrolledLines));
}

function parseLine(text: string | null): number | undefined {
  return /^[1-9]\d{0,7}$/.test(text ?? '') ? Number(text) : undefined;
}

function parseAddress(text: string | null): StackAddress | undefined {
  return text !== null && isStackAddress(text) ? text : undefined;
}

function parseOpenRows(text: string): StackAddress[] {
  return [...new Set(text.split('.').filter(isStackAddress))].slice(-MOST_OPEN_ROWS);
}

function parseRange(text: string | null): ViewRange {
  const parts = (text ?? '').split('~');
  const [from, to] = parts.map((part) => (/^[\d.e-]{1,30}$/.test(part) ? Number(part) : Number.NaN));
  const isRange =
    parts.length === 2 && from !== undefined && to !== undefined && from >= 0 && to <= 1 && from < to;
  return isRange ? { from, to } : WHOLE;
}

function parseSort(text: string | null): ViewerState['sort'] {
  const column = oneOf(SORT_COLUMNS, text?.replace(/^-/, '') ?? null);
  return column === undefined ? INITIAL_STATE.sort : { column, descending: text?.startsWith('-') ?? false };
}

function formatSort(sort: ViewerState['sort']): string {
  return unless('-self', `${sort.descending ? '-' : ''}${sort.column}`);
}
