import { describe, expect, it } from 'vitest';
import type { InstanceId, VitalsBatch, VitalsHistory } from '#contract';
import { HISTORY_SECONDS, InstanceHistory } from './history.ts';
import { spanFigures } from './span-figures.ts';

const START = 1_700_000_000;
const ID = 'a.1' as InstanceId;
const at = (second: number) => new Date((START + second) * 1000 + 300).toISOString();

const batch = (second: number, cpu: number, id: InstanceId = ID) =>
  ({ at: at(second), instanceIds: [id], columns: { cpuCores: [cpu] } }) as VitalsBatch;
const loaded = (second: number, cpu: (number | null)[]) =>
  ({
    startAt: new Date((START + second) * 1000).toISOString(),
    intervalMs: 1000,
    series: { cpuCores: cpu },
  }) as VitalsHistory;

function tail(history: InstanceHistory, now: number, count: number): string {
  const { series, seconds } = history.columns(['cpuCores'], START + now);
  expect(seconds.at(-1)).toBe(START + now);
  return Array.from(series.cpuCores ?? [], (value) => (Number.isNaN(value) ? '-' : String(value)))
    .slice(-count)
    .join(' ');
}

describe('the history of an instance', () => {
  it('joins what the server had kept with what came since', () => {
    const history = new InstanceHistory(ID);
    history.take(batch(5, 5));
    history.load(loaded(1, [1, null, 3]));
    history.take(batch(6, 6));
    expect(tail(history, 6, 7)).toBe('- 1 - 3 - 5 6');
  });

  it('hears only of its own instance', () => {
    const history = new InstanceHistory(ID);
    expect(history.take(batch(1, 1, 'a.2' as InstanceId))).toBe(false);
    expect(history.isEmpty).toBe(true);
  });

  it('stays within its fifteen minutes however long the page is open', () => {
    const history = new InstanceHistory(ID);
    for (let second = 0; second < HISTORY_SECONDS * 3; second++) history.take(batch(second, second));
    const { series } = history.columns(['cpuCores'], history.newestSecond);
    expect(series.cpuCores).toHaveLength(HISTORY_SECONDS);
    expect(series.cpuCores?.[0]).toBe(HISTORY_SECONDS * 2);
  });
});

describe('the figures of a span', () => {
  const seconds = Float64Array.from([1, 2, 3, 4, 5, 6]);

  it('are of what was measured within it', () => {
    const column = Float64Array.from([9, 4, Number.NaN, 2, 3, 9]);
    expect(spanFigures(seconds, column, 2, 5)).toEqual({ last: 3, low: 2, middle: 3, high: 4 });
  });

  it('do not pass an old value off as the last', () => {
    const column = Float64Array.from([7, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(spanFigures(seconds, column, 1, 6)).toEqual({ last: null, low: 7, middle: 7, high: 7 });
  });

  it('are unknown where nothing was measured', () => {
    expect(spanFigures(seconds, new Float64Array(6).fill(Number.NaN), 1, 6)).toEqual({
      last: null,
      low: null,
      middle: null,
      high: null,
    });
  });
});
