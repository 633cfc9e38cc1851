import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATES } from './lane-layout.ts';
import {
  INITIAL_TRACE_STATE,
  parseTraceState,
  type TraceState,
  toSelection,
  writeTraceState,
} from './trace-state.ts';

const order = fc.record({ column: fc.stringMatching(/^[a-z]{1,20}$/), descending: fc.boolean() });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const anyState: fc.Arbitrary<TraceState> = fc.record({
  range: fc
    .tuple(share, share)
    .filter(([one, other]) => one !== other && Math.max(one, other) > 0)
    .map(([one, other]) => ({ from: Math.abs(Math.min(one, other)), to: Math.max(one, other) })),
  selection: fc.option(
    fc
      .tuple(fc.nat(1e9), fc.nat(1e9))
      .map(([from, length]) => toSelection(from / 1e3, (from + length + 1) / 1e3, 1e9)),
    { nil: undefined },
  ),
  search: fc.string(),
  searchIsPattern: fc.boolean(),
  item: fc.option(
    fc.record({
      lane: fc.nat(99_999),
      line: fc.integer({ min: STATES, max: 65_535 }),
      row: fc.nat(9_999_999),
    }),
    { nil: undefined },
  ),
  collapsed: fc.uniqueArray(fc.nat(9_999)).map((lanes) => lanes.sort((a, b) => a - b)),
  namesOrder: order,
  longestOrder: order,
  scrolled: fc.nat(9_999_999),
  cpu: fc.option(fc.stringMatching(/^[\w-]{1,64}$/), { nil: undefined }),
});

describe('the state of a trace', () => {
  it('comes back from the address exactly', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const text = writeTraceState(state, new URLSearchParams()).toString();
        expect(parseTraceState(new URLSearchParams(text))).toEqual(state);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves out of the address what is as at the beginning, and leaves what is not its own', () => {
    const query = new URLSearchParams('tab=facts&at=0.1~0.2&time=5~6');
    expect(writeTraceState(INITIAL_TRACE_STATE, query).toString()).toBe('tab=facts');
  });

  it.each([
    'at=1~0',
    'at=0~2',
    'at=x~1',
    'time=9~9',
    'time=-1~5',
    'item=1.2',
    'shut=a',
    'scroll=-5',
    'cpu=../x',
  ])('takes %s for nothing', (text) => {
    expect(parseTraceState(new URLSearchParams(text))).toEqual(INITIAL_TRACE_STATE);
  });
});

describe('a selection', () => {
  it('lies within the trace, whichever end it was begun at, and has something in it', () => {
    expect(toSelection(8, -3, 5)).toEqual({ fromMicros: 0, toMicros: 5 });
    expect(toSelection(2.00004, 2.00001, 5)).toBeUndefined();
  });
});
