import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrameSelector, Transform } from '#profile/index.ts';
import { ORIGIN } from '#profile/index.ts';
import { WHOLE } from '../flame/view-range.ts';
import {
  COLOURINGS,
  INITIAL_STATE,
  MOST_OPEN_ROWS,
  MOST_TRANSFORMS,
  type PictureState,
  parseViewerState,
  ROW_KINDS,
  SORT_COLUMNS,
  VIEWS,
  type ViewerState,
  withoutViewerState,
  writeViewerState,
} from './viewer-state.ts';

const text = fc.string({ unit: 'grapheme' });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const optionalText = optional(fc.string({ unit: 'grapheme', minLength: 1 }));
const someAddress = fc
  .tuple(fc.nat(), fc.nat())
  .map(([a, b]) => a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0'));
const range = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

const picture: fc.Arbitrary<PictureState> = fc
  .record({
    zoom: optional(someAddress),
    range,
    selected: optional(someAddress),
    scrolledLines: fc.nat({ max: 99_999_900 }).map((hundredths) => hundredths / 100),
  })
  // A zoom to a call has the call's range; only a range chosen by hand is kept.
  .map((state) => (state.zoom === undefined ? state : { ...state, range: WHOLE }));

const aFunction = fc.record({
  name: text,
  url: text,
  line: fc.nat({ max: 0xffffffff }),
  column: fc.nat({ max: 0xffffffff }),
});
const selector: fc.Arbitrary<FrameSelector> = fc.oneof(
  fc.record({ by: fc.constant('function' as const), function: aFunction }),
  fc.record({ by: fc.constant('file' as const), url: text }),
  fc.record({ by: fc.constant('package' as const), name: text }),
  fc.record({ by: fc.constant('origin' as const), origin: fc.constantFrom(...Object.values(ORIGIN)) }),
);
const transform: fc.Arbitrary<Transform> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('hide' as const, 'collapse' as const, 'focus' as const, 'drop' as const),
    frames: selector,
  }),
  fc.constant({ kind: 'collapse-recursion' as const }),
);

const micros = fc.nat({ max: 2 ** 31 - 1 }).map((nanos) => nanos / 1000);
const timeRange = fc
  .tuple(micros, micros)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ fromMicros: Math.min(a, b), toMicros: Math.max(a, b) }));
const time = fc.record({
  seen: optional(timeRange),
  chosen: optional(timeRange),
  selected: optional(fc.record({ sample: fc.nat({ max: 99_999_999 }), depth: fc.nat({ max: 65_535 }) })),
  scrolledLines: fc.nat({ max: 6_500_000 }).map((hundredths) => hundredths / 100),
});

const anyState: fc.Arbitrary<ViewerState> = fc
  .tuple(
    picture,
    fc.record({
      view: fc.constantFrom(...VIEWS),
      rootBelow: fc.boolean(),
      colours: fc.constantFrom(...COLOURINGS),
      search: text,
      searchIsPattern: fc.boolean(),
      includeIdle: fc.boolean(),
      thread: optionalText,
      valueType: optionalText,
      labelKey: optionalText,
      labels: fc.uniqueArray(fc.record({ key: text, value: text }), {
        selector: ({ key }) => key,
        maxLength: 3,
      }),
      groupedBy: optionalText,
      transforms: fc.array(transform, { maxLength: 5 }),
      middle: optional(aFunction),
      callersPicture: picture,
      rows: fc.constantFrom(...ROW_KINDS),
      sort: fc.record({ column: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }),
      openRows: fc.uniqueArray(someAddress, { maxLength: 12 }),
      selectedRow: optional(someAddress),
      selectedGroup: optionalText,
      time,
      isSourceOpen: fc.boolean(),
      sourceLine: optional(fc.integer({ min: 1, max: 99_999_999 })),
      isGenerated: fc.boolean(),
    }),
  )
  .map(([own, rest]) => ({ ...own, ...rest }));

/** As it goes through an address bar. */
function reopened(state: ViewerState): ViewerState {
  const query = writeViewerState(state, new URLSearchParams()).toString();
  return parseViewerState(new URL(`http://localhost/captures/cap_1?${query}`).searchParams);
}

describe('the address of a view', () => {
  test('restores ten thousand views exactly', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(reopened(state)).toEqual(state);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

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
      'view=x&up=yes&zoom=../..&sel=%3Cb%3E&range=2~1&sort=-evil&line=-1&idle=true&re=0&label=x&label=9~ab&value=&by=' +
      '&do=&do=x&do=hx&do=ho9&do=hf1.2.9~ab&do=f&do=rr&fn=1.x&rows=__proto__&colours=red&open=..~.zz&group=&sel2=1&line2=1e9';
    expect(parseViewerState(new URLSearchParams(nonsense))).toEqual(INITIAL_STATE);
    for (const written of ['', '~', '0~', '0~1~2', 'NaN~1', '0~Infinity', '-1~0.5', '0.5~0.5']) {
      expect(parseViewerState(new URLSearchParams({ range: written })).range).toEqual(WHOLE);
    }
  });

  test('is a view whatever it holds, and the same one once it was written again', () => {
    const key = fc.constantFrom(
      ...'view,up,zoom,range,sel,sort,line,label,do,fn,rows,open,group,sel2'.split(','),
    );
    const hostile = fc.array(
      fc.tuple(
        key,
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[hcfd]?[fupo]?[\d.~]{0,9}\w*$/)),
      ),
    );
    fc.assert(
      fc.property(hostile, (pairs) => {
        const state = parseViewerState(new URLSearchParams(pairs));
        const again = reopened(state);
        // What is written is settled: of a zoom and a range only the zoom counts.
        expect(reopened(again)).toEqual(again);
      }),
      { numRuns: 2000 },
    );
  });

  test('stays short enough to be sent', () => {
    const query = new URLSearchParams();
    for (let at = 0; at < 5000; at++) query.append('do', 'r');
    query.set('open', Array.from({ length: 5000 }, (_, at) => at.toString(16).padStart(16, '0')).join('.'));
    const state = parseViewerState(query);
    expect(state.transforms.length).toBe(MOST_TRANSFORMS);
    expect(state.openRows.length).toBe(MOST_OPEN_ROWS);
    expect(state.openRows.at(-1)).toBe((4999).toString(16).padStart(16, '0'));
    expect(writeViewerState(state, new URLSearchParams()).toString().length).toBeLessThan(8000);
  });

  test('keeps what links of before said', () => {
    const state = parseViewerState(
      new URLSearchParams('view=both&up=1&q=enc&idle=1&value=cpu&label=4~typeTCP&range=0.25~0.5&sort=total'),
    );
    expect(state).toEqual({
      ...INITIAL_STATE,
      view: 'both',
      rootBelow: true,
      search: 'enc',
      includeIdle: true,
      valueType: 'cpu',
      labels: [{ key: 'type', value: 'TCP' }],
      range: { from: 0.25, to: 0.5 },
      sort: { column: 'total', descending: false },
    });
  });
});
