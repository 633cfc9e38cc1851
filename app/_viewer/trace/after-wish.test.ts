import { describe, expect, it } from 'vitest';
import { WHOLE } from '../flame/view-range.ts';
import { afterWish } from './after-wish.ts';
import { timesOf } from './items.ts';
import { STATES, toLaneLayout } from './lane-layout.ts';
import { toTimelineWish } from './timeline-keys.ts';
import { traceFromText } from './trace-from-text.ts';
import { INITIAL_TRACE_STATE, type TraceState } from './trace-state.ts';
import { treeItemsAround } from './tree-items.ts';

const trace = traceFromText(`
  main: run 0-40, wait 40-100, parse 0-30, read 5-10, ~query 10-90
  worker: run 50-100, draw 60-70
  pool: zip 20-25`);
const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

function press(state: TraceState, ...keys: string[]): TraceState {
  let now = state;
  for (const key of keys) {
    const shiftKey = key.startsWith('Shift+');
    const wish = toTimelineWish({ ...none, key: key.replace('Shift+', ''), shiftKey });
    const layout = toLaneLayout(trace.lanes, new Set(now.collapsed));
    if (wish) now = { ...now, ...afterWish(wish, now, trace, layout, undefined) };
  }
  return now;
}

const start = INITIAL_TRACE_STATE;
const arrived = press(start, 'ArrowRight');

/** The name and the begin of what is chosen. */
function at({ item }: TraceState): string {
  const lane = item && trace.lanes[item.lane];
  const times = item && timesOf(trace.lanes, item);
  if (!item || !lane || !times) return 'nothing';
  const name = item.line === STATES ? lane.name : trace.strings[lane.spans.name[item.row] as number];
  return `${name} ${times.startMicros}`;
}

describe('the keys of the timeline', () => {
  it('arrive first, then go along a line and stay at its end', () => {
    expect(at(arrived)).toBe('main 0');
    expect(at(press(arrived, 'ArrowRight'))).toBe('main 40');
    expect(at(press(arrived, 'ArrowRight', 'ArrowRight'))).toBe('main 40');
    expect(at(press(arrived, 'ArrowRight', 'ArrowLeft'))).toBe('main 0');
  });

  it('go down through states, nested spans and calls to the next thread, and up again', () => {
    const down = ['ArrowDown'];
    const walked = [1, 2, 3, 4, 5, 6, 7].map((steps) =>
      at(press(arrived, ...down.flatMap((key) => Array(steps).fill(key)))),
    );
    expect(walked).toEqual(['parse 0', 'read 5', 'query 10', 'worker 50', 'draw 60', 'zip 20', 'zip 20']);
    expect(at(press(arrived, 'ArrowDown', 'ArrowDown', 'ArrowUp'))).toBe('parse 0');
  });

  it('pass over the spans of a thread that is folded', () => {
    const folded = press(arrived, 'f');
    expect(folded.collapsed).toEqual([0]);
    expect(at(press(folded, 'ArrowDown'))).toBe('worker 50');
    expect(press(folded, 'f').collapsed).toEqual([]);
  });

  it('select what is chosen, and more with every step while Shift is held', () => {
    expect(press(arrived, ' ').selection).toEqual({ fromMicros: 0, toMicros: 40 });
    expect(press(arrived, 'Shift+ArrowRight').selection).toEqual({ fromMicros: 0, toMicros: 100 });
    expect(press(arrived, 'ArrowDown', 'm').selection).toEqual({ fromMicros: 0, toMicros: 30 });
  });

  it('select what is seen, and give up the selection before the zoom', () => {
    const seen = press(start, '+', 'r');
    expect(seen.selection).toEqual({ fromMicros: 25, toMicros: 75 });
    expect(press(seen, 'Escape')).toMatchObject({ selection: undefined, range: seen.range });
    expect(press(seen, 'Escape', 'Escape').range).toEqual(WHOLE);
  });

  it('zoom around the middle, or around what is chosen; move; show all again', () => {
    expect(press(start, '+').range).toEqual({ from: 0.25, to: 0.75 });
    expect(press(start, '+', 'PageDown').range).toEqual({ from: 0.5, to: 1 });
    expect(press(start, '+', '0').range).toEqual(WHOLE);
    const { from, to } = press(arrived, 'ArrowDown', 'ArrowDown', 'Enter').range;
    expect([from, to]).toEqual([0.0375, 0.1125]);
  });

  it('bring what is walked to into sight in the same scale', () => {
    const zoomed = { ...arrived, range: { from: 0, to: 0.1 } };
    const { range } = press(zoomed, 'ArrowRight');
    expect(range.from).toBeCloseTo(0.39);
    expect(range.to - range.from).toBeCloseTo(0.1);
  });

  it('that mean nothing here are left to the page', () => {
    expect(toTimelineWish({ ...none, key: 'Tab' })).toBeUndefined();
    expect(toTimelineWish({ ...none, key: 'f', ctrlKey: true })).toBeUndefined();
  });

  it('do nothing with an item that an address names and the trace does not have', () => {
    const lost = { ...start, item: { lane: 0, line: 7, row: 3 } };
    expect(at(press(lost, 'ArrowRight'))).toBe('main 0');
    expect(press(lost, 'Enter')).toEqual(lost);
  });
});

describe('the tree for screen readers', () => {
  it('has all threads, the lines of the chosen one, and what is near in the chosen line', () => {
    const { item } = press(arrived, 'ArrowDown');
    const drawn = treeItemsAround(trace.lanes, item).map(({ level, position, siblings, isExpanded }) =>
      [level, `${position}/${siblings}`, isExpanded].join(' ').trim(),
    );
    expect(drawn).toEqual([
      '1 1/3 true',
      '2 1/4 false',
      '2 2/4 true',
      '3 1/1',
      '2 3/4 false',
      '2 4/4 false',
      '1 2/3 false',
      '1 3/3 false',
    ]);
  });
});
