import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WHOLE } from '../flame/view-range.ts';
import {
  INITIAL_STATE,
  parseViewerState,
  SORT_COLUMNS,
  VIEWS,
  withoutViewerState,
  writeViewerState,
} from './viewer-state.ts';

const address = fc.option(
  fc
    .tuple(fc.nat(), fc.nat())
    .map(([a, b]) => a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0')),
  { nil: undefined },
);
const range = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

const anyState = fc
  .record({
    view: fc.constantFrom(...VIEWS),
    rootBelow: fc.boolean(),
    search: fc.string({ unit: 'grapheme' }),
    searchIsPattern: fc.boolean(),
    includeIdle: fc.boolean(),
    thread: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined }),
    valueType: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined }),
    labelKey: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined }),
    labels: fc.uniqueArray(
      fc.record({ key: fc.string({ unit: 'grapheme' }), value: fc.string({ unit: 'grapheme' }) }),
      { selector: ({ key }) => key, maxLength: 3 },
    ),
    zoom: address,
    range,
    selected: address,
    sort: fc.record({ column: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }),
    scrolledLines: fc.nat({ max: 99_999_900 }).map((hundredths) => hundredths / 100),
  })
  // A zoom to a call has the call's range; only a range chosen by hand is kept.
  .map((state) => (state.zoom === undefined ? state : { ...state, range: WHOLE }));

describe('the address of a view', () => {
  test('restores every view exactly', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const text = writeViewerState(state, new URLSearchParams()).toString();
        expect(parseViewerState(new URLSearchParams(text))).toEqual(state);
      }),
      { numRuns: 2000 },
    );
  });

  test('says nothing of what is as at the beginning, and leaves what others keep there', () => {
    expect(writeViewerState(INITIAL_STATE, new URLSearchParams('q=old&tab=facts')).toString()).toBe(
      'tab=facts',
    );
  });

  test('can be taken out of a query, which keeps the rest', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const query = writeViewerState(state, new URLSearchParams('file=a.cpuprofile'));
        expect(withoutViewerState(query).toString()).toBe('file=a.cpuprofile');
      }),
    );
  });

  test('takes whatever stands there for the beginning when it makes no sense', () => {
    const nonsense =
      'view=x&up=yes&zoom=../..&sel=%3Cb%3E&range=2~1&sort=-evil&line=-1&idle=true&re=0&label=x&label=9~ab&value=&by=';
    expect(parseViewerState(new URLSearchParams(nonsense))).toEqual(INITIAL_STATE);
    for (const text of ['', '~', '0~', '0~1~2', 'NaN~1', '0~Infinity', '-1~0.5', '0.5~0.5']) {
      expect(parseViewerState(new URLSearchParams({ range: text })).range).toEqual(WHOLE);
    }
  });
});
