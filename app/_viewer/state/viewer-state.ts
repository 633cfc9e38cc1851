import type { LabelChoice } from '#profile/index.ts';
import { type ViewRange, WHOLE } from '../flame/view-range.ts';
import { isStackAddress, type StackAddress } from './stack-address.ts';

export const VIEWS = ['flame', 'top', 'both'] as const;
export type View = (typeof VIEWS)[number];
export const SORT_COLUMNS = ['self', 'total', 'selfSamples', 'totalSamples', 'name'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** All that decides what is seen of a profile; the address holds it and restores it. */
export interface ViewerState {
  readonly view: View;
  /** The root below and callees above, instead of the other way round. */
  readonly rootBelow: boolean;
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
  /** What was zoomed to; undefined: everything, or a range chosen by hand. */
  readonly zoom: StackAddress | undefined;
  readonly range: ViewRange;
  readonly selected: StackAddress | undefined;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
  /** Lines of the picture scrolled away. */
  readonly scrolledLines: number;
}

export const INITIAL_STATE: ViewerState = {
  view: 'flame',
  rootBelow: false,
  search: '',
  searchIsPattern: false,
  includeIdle: false,
  thread: undefined,
  valueType: undefined,
  labels: [],
  labelKey: undefined,
  zoom: undefined,
  range: WHOLE,
  selected: undefined,
  sort: { column: 'self', descending: true },
  scrolledLines: 0,
};

const KEYS = [
  'view',
  'up',
  'q',
  're',
  'idle',
  'thread',
  'value',
  'label',
  'by',
  'zoom',
  'range',
  'sel',
  'sort',
  'line',
] as const;

/** What is missing or makes no sense is as at the beginning. */
export function parseViewerState(query: URLSearchParams): ViewerState {
  return {
    view: VIEWS.find((view) => view === query.get('view')) ?? INITIAL_STATE.view,
    rootBelow: query.get('up') === '1',
    search: query.get('q') ?? '',
    searchIsPattern: query.get('re') === '1',
    includeIdle: query.get('idle') === '1',
    thread: query.get('thread') || undefined,
    valueType: query.get('value') || undefined,
    labels: parseLabels(query.getAll('label')),
    labelKey: query.get('by') || undefined,
    zoom: parseAddress(query.get('zoom')),
    range: parseRange(query.get('range')),
    selected: parseAddress(query.get('sel')),
    sort: parseSort(query.get('sort')),
    scrolledLines: /^\d{1,6}(\.\d+)?$/.test(query.get('line') ?? '') ? Number(query.get('line')) : 0,
  };
}

/** Puts the state into a query; keys of others stay, what is as at the beginning is left out. */
export function writeViewerState(state: ViewerState, query: URLSearchParams): URLSearchParams {
  const next = withoutViewerState(query);
  const set = (key: (typeof KEYS)[number], value: string) => value !== '' && next.set(key, value);
  set('view', state.view === INITIAL_STATE.view ? '' : state.view);
  set('up', state.rootBelow ? '1' : '');
  set('q', state.search);
  set('re', state.searchIsPattern ? '1' : '');
  set('idle', state.includeIdle ? '1' : '');
  set('thread', state.thread ?? '');
  set('value', state.valueType ?? '');
  for (const { key, value } of state.labels) next.append('label', `${key.length}~${key}${value}`);
  set('by', state.labelKey ?? '');
  set('zoom', state.zoom ?? '');
  set(
    'range',
    state.zoom === undefined && !isWhole(state.range) ? `${state.range.from}~${state.range.to}` : '',
  );
  set('sel', state.selected ?? '');
  set('sort', formatSort(state.sort));
  set('line', state.scrolledLines === 0 ? '' : String(state.scrolledLines));
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

/** `4~typeTCP`: the length of the key, the key, the value; either may hold whatever a service put there. */
function parseLabels(texts: readonly string[]): LabelChoice[] {
  const labels = new Map<string, LabelChoice>();
  for (const text of texts) {
    const length = /^(\d{1,4})~/.exec(text);
    if (length === null) continue;
    const rest = text.slice(length[0].length);
    const key = rest.slice(0, Number(length[1]));
    if (key.length === Number(length[1])) labels.set(key, { key, value: rest.slice(key.length) });
  }
  return [...labels.values()];
}

function parseAddress(text: string | null): StackAddress | undefined {
  return text !== null && isStackAddress(text) ? text : undefined;
}

function parseRange(text: string | null): ViewRange {
  const parts = (text ?? '').split('~');
  const [from, to] = parts.map((part) => (/^[\d.e-]{1,30}$/.test(part) ? Number(part) : Number.NaN));
  const isRange =
    parts.length === 2 && from !== undefined && to !== undefined && from >= 0 && to <= 1 && from < to;
  return isRange ? { from, to } : WHOLE;
}

function parseSort(text: string | null): ViewerState['sort'] {
  const column = SORT_COLUMNS.find((name) => name === text?.replace(/^-/, ''));
  return column === undefined ? INITIAL_STATE.sort : { column, descending: text?.startsWith('-') ?? false };
}

function formatSort(sort: ViewerState['sort']): string {
  const text = `${sort.descending ? '-' : ''}${sort.column}`;
  return text === '-self' ? '' : text;
}
