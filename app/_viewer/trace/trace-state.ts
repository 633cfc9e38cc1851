import { type ViewRange, WHOLE } from '../flame/view-range.ts';
import { STATES } from './lane-layout.ts';

/** A part of a trace, in microseconds since it began. */
export interface Selection {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** A state or a span: which row of which line of which lane. */
export interface Item {
  readonly lane: number;
  readonly line: number;
  readonly row: number;
}

interface Order {
  readonly column: string;
  readonly descending: boolean;
}

/** All that decides what is seen of a trace; the address holds it and restores it. */
export interface TraceState {
  readonly range: ViewRange;
  readonly selection: Selection | undefined;
  readonly search: string;
  readonly searchIsPattern: boolean;
  /** The item that the keys go on from, and whose details are shown. */
  readonly item: Item | undefined;
  /** Lanes without their spans, by their place, in order. */
  readonly collapsed: readonly number[];
  readonly namesOrder: Order;
  readonly longestOrder: Order;
  /** Pixels of the picture scrolled away. */
  readonly scrolled: number;
  /** The CPU profile whose calls are shown, by its capture. */
  readonly cpu: string | undefined;
}

export const INITIAL_TRACE_STATE: TraceState = {
  range: WHOLE,
  selection: undefined,
  search: '',
  searchIsPattern: false,
  item: undefined,
  collapsed: [],
  namesOrder: { column: 'total', descending: true },
  longestOrder: { column: 'took', descending: true },
  scrolled: 0,
  cpu: undefined,
};

const KEYS = ['at', 'time', 'q', 're', 'item', 'shut', 'names', 'sort', 'scroll', 'cpu'] as const;

/** What is missing or makes no sense is as at the beginning. */
export function parseTraceState(query: URLSearchParams): TraceState {
  const initial = INITIAL_TRACE_STATE;
  const [from, to] = parsePair(query.get('at'));
  const [fromMicros, toMicros] = parsePair(query.get('time'));
  return {
    range: from < to && to <= 1 ? { from, to } : WHOLE,
    selection: fromMicros < toMicros ? { fromMicros, toMicros } : undefined,
    search: query.get('q') ?? '',
    searchIsPattern: query.get('re') === '1',
    item: parseItem(query.get('item')),
    collapsed: parseNumbers(query.get('shut')),
    namesOrder: parseOrder(query.get('names')) ?? initial.namesOrder,
    longestOrder: parseOrder(query.get('sort')) ?? initial.longestOrder,
    scrolled: /^\d{1,8}$/.test(query.get('scroll') ?? '') ? Number(query.get('scroll')) : 0,
    cpu: /^[\w-]{1,64}$/.exec(query.get('cpu') ?? '')?.[0],
  };
}

/** Puts the state into a query; keys of others stay, what is as at the beginning is left out. */
export function writeTraceState(state: TraceState, query: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const key of KEYS) next.delete(key);
  const set = (key: (typeof KEYS)[number], value: string) => value !== '' && next.set(key, value);
  const { range, selection, item } = state;
  set('at', range.from === WHOLE.from && range.to === WHOLE.to ? '' : `${range.from}~${range.to}`);
  set('time', selection === undefined ? '' : `${selection.fromMicros}~${selection.toMicros}`);
  set('q', state.search);
  set('re', state.searchIsPattern ? '1' : '');
  set('item', item === undefined ? '' : `${item.lane}.${item.line === STATES ? 's' : item.line}.${item.row}`);
  set('shut', state.collapsed.join('.'));
  set('names', formatOrder(state.namesOrder, INITIAL_TRACE_STATE.namesOrder));
  set('sort', formatOrder(state.longestOrder, INITIAL_TRACE_STATE.longestOrder));
  set('scroll', state.scrolled === 0 ? '' : String(state.scrolled));
  set('cpu', state.cpu ?? '');
  return next;
}

/** The query without what is seen of a trace. */
export function withoutTraceState(query: URLSearchParams): URLSearchParams {
  return writeTraceState(INITIAL_TRACE_STATE, query);
}

/** To the nanosecond, which is what clocks tell; undefined when nothing is left between. */
export function toSelection(one: number, other: number, spanMicros: number): Selection | undefined {
  const rounded = (micros: number) => Math.round(Math.min(spanMicros, Math.max(0, micros)) * 1e3) / 1e3;
  const [fromMicros, toMicros] = [rounded(Math.min(one, other)), rounded(Math.max(one, other))];
  return fromMicros < toMicros ? { fromMicros, toMicros } : undefined;
}

/** The selected time on the trace's own clock; all of it when nothing is selected. */
export function timesOfSelection(
  { startMicros, endMicros }: { readonly startMicros: number; readonly endMicros: number },
  selection: Selection | undefined,
): { readonly startMicros: number; readonly endMicros: number } {
  if (selection === undefined) return { startMicros, endMicros };
  return { startMicros: startMicros + selection.fromMicros, endMicros: startMicros + selection.toMicros };
}

/** Two numbers, neither negative; no numbers otherwise. */
function parsePair(text: string | null): [number, number] {
  const parts = (text ?? '').split('~');
  const isPair = parts.length === 2 && parts.every((part) => /^\d[\d.]{0,25}(e-\d{1,3})?$/.test(part));
  return isPair ? [Number(parts[0]), Number(parts[1])] : [Number.NaN, Number.NaN];
}

function parseItem(text: string | null): Item | undefined {
  const match = /^(\d{1,5})\.(s|\d{1,5})\.(\d{1,8})$/.exec(text ?? '');
  if (match === null) return undefined;
  return {
    lane: Number(match[1]),
    line: match[2] === 's' ? STATES : Number(match[2]),
    row: Number(match[3]),
  };
}

function parseNumbers(text: string | null): number[] {
  if (!/^\d{1,5}(\.\d{1,5})*$/.test(text ?? '')) return [];
  return [...new Set((text ?? '').split('.').map(Number))].sort((a, b) => a - b);
}

function parseOrder(text: string | null): Order | undefined {
  const match = /^(-?)([a-z]{1,20})$/.exec(text ?? '');
  return match === null ? undefined : { column: match[2] ?? '', descending: match[1] === '-' };
}

function formatOrder(order: Order, initial: Order): string {
  if (order.column === initial.column && order.descending === initial.descending) return '';
  return `${order.descending ? '-' : ''}${order.column}`;
}
