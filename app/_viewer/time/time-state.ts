import type { TimeRange } from '#profile/index.ts';
import type { CallAddress } from './protocol.ts';

/** What is seen of the time-ordered chart, and which time all views are about. */
export interface TimeState {
  /** What of the recording is in sight; undefined: all. */
  readonly seen: TimeRange | undefined;
  /** The time that everything is about; undefined: all. */
  readonly chosen: TimeRange | undefined;
  readonly selected: CallAddress | undefined;
  /** Lines of the chart scrolled away. */
  readonly scrolledLines: number;
}

export const INITIAL_TIME: TimeState = {
  seen: undefined,
  chosen: undefined,
  selected: undefined,
  scrolledLines: 0,
};

export const TIME_KEYS = ['time', 'only', 'call', 'tline'] as const;

export function parseTimeState(query: URLSearchParams): TimeState {
  const lines = query.get('tline') ?? '';
  return {
    seen: parseTimeRange(query.get('time')),
    chosen: parseTimeRange(query.get('only')),
    selected: parseCall(query.get('call')),
    scrolledLines: /^\d{1,6}(\.\d+)?$/.test(lines) ? Number(lines) : 0,
  };
}

export function writeTimeState(
  state: TimeState,
  set: (key: (typeof TIME_KEYS)[number], value: string) => void,
): void {
  set('time', formatTimeRange(state.seen));
  set('only', formatTimeRange(state.chosen));
  set('call', state.selected === undefined ? '' : `${state.selected.sample}~${state.selected.depth}`);
  set('tline', state.scrolledLines === 0 ? '' : String(state.scrolledLines));
}

/** `1200.5~1800`: microseconds from the first sample. */
function parseTimeRange(text: string | null): TimeRange | undefined {
  const parts = (text ?? '').split('~');
  const [from, to] = parts.map((part) => (/^\d[\d.e+-]{0,30}$/.test(part) ? Number(part) : Number.NaN));
  const isRange =
    parts.length === 2 && from !== undefined && to !== undefined && from >= 0 && from < to && to < 2 ** 53;
  return isRange ? { fromMicros: from, toMicros: to } : undefined;
}

function formatTimeRange(range: TimeRange | undefined): string {
  return range === undefined ? '' : `${range.fromMicros}~${range.toMicros}`;
}

/** The sample that it begins with, and its depth. */
function parseCall(text: string | null): CallAddress | undefined {
  const match = /^(\d{1,9})~(\d{1,5})$/.exec(text ?? '');
  return match === null ? undefined : { sample: Number(match[1]), depth: Number(match[2]) };
}
