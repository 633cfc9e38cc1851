import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INITIAL_TIME, parseTimeState, type TimeState, writeTimeState } from './time-state.ts';

const anyRange = fc.option(
  fc
    .tuple(
      fc.double({ min: 0, max: 1e12, noNaN: true, noDefaultInfinity: true }).map((from) => from + 0),
      fc.double({ min: 1e-3, max: 1e12, noNaN: true, noDefaultInfinity: true }),
    )
    .map(([fromMicros, width]) => ({ fromMicros, toMicros: fromMicros + width }))
    .filter(({ fromMicros, toMicros }) => fromMicros < toMicros),
  { nil: undefined },
);
const anyState: fc.Arbitrary<TimeState> = fc.record({
  seen: anyRange,
  chosen: anyRange,
  selected: fc.option(
    fc.record({
      sample: fc.integer({ min: 0, max: 99_999_999 }),
      depth: fc.integer({ min: 0, max: 65_535 }),
    }),
    { nil: undefined },
  ),
  scrolledLines: fc.integer({ min: 0, max: 6_000_000 }).map((line) => line / 100),
});

function written(state: TimeState): URLSearchParams {
  const query = new URLSearchParams();
  writeTimeState(state, (key, value) => value !== '' && query.set(key, value));
  return query;
}

describe('the address of a time', () => {
  test('restores exactly what was seen', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(parseTimeState(new URLSearchParams(written(state).toString()))).toEqual(state);
      }),
      { numRuns: 2000 },
    );
  });

  test('says nothing of what is as at the beginning', () => {
    expect(written(INITIAL_TIME).toString()).toBe('');
  });

  test('is the beginning where it makes no sense', () => {
    for (const text of [
      '',
      '~',
      '5',
      '2~1',
      '1~1',
      '-1~5',
      '0~Infinity',
      'NaN~1',
      '1~2~3',
      '0~1e99',
      '<b>~2',
    ])
      expect(
        parseTimeState(new URLSearchParams({ time: text, only: text, tline: text })).seen,
      ).toBeUndefined();
    for (const call of ['', '1', '~1', '1~', '-1~2', '1.5~2', '1~999999', '9999999999~1'])
      expect(parseTimeState(new URLSearchParams({ call })).selected).toBeUndefined();
  });
});
