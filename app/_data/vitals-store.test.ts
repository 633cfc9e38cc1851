import { describe, expect, it } from 'vitest';
import type { InstanceId, VitalsBatch, VitalsHistory } from '#contract';
import { HISTORY_SECONDS, readRing, type Tracked, VitalsStore } from './vitals-store.ts';

const START = 1_700_000_000;
const at = (second: number, ms = 0) => new Date((START + second) * 1000 + ms).toISOString();
const id = (text: string) => text as InstanceId;

function batch(
  second: number,
  values: Record<string, { cpu?: number | null; delay?: number | null }>,
  ms = 0,
) {
  const ids = Object.keys(values).map(id);
  return {
    at: at(second, ms),
    instanceIds: ids,
    columns: {
      cpuCores: ids.map((one) => values[one]?.cpu ?? null),
      loopDelayP99Ms: ids.map((one) => values[one]?.delay ?? null),
    },
  } as VitalsBatch;
}

function history(second: number, cpu: (number | null)[]) {
  return { startAt: at(second), intervalMs: 1000, series: { cpuCores: cpu } } as VitalsHistory;
}

/** The last values of a ring, as text; a dash where nothing was measured. */
function tail(store: VitalsStore, subject: string, count: number, name: Tracked = 'cpuCores'): string {
  const track = store.find(subject);
  if (track === undefined) return 'nothing';
  const values = [...readRing(track, name, new Float32Array(HISTORY_SECONDS))].slice(-count);
  return values.map((value) => (Number.isNaN(value) ? '-' : String(value))).join(' ');
}

describe('the store of vitals', () => {
  it('keeps the seconds in order and leaves those that were missed empty', () => {
    const store = new VitalsStore();
    store.take(batch(1, { 'a.1': { cpu: 1 } }));
    store.take(batch(2, { 'a.1': { cpu: 2 } }));
    store.take(batch(5, { 'a.1': { cpu: 5 } }));
    expect(tail(store, 'a.1', 6)).toBe('- 1 2 - - 5');
  });

  it('does not take a late tick for a missed second', () => {
    const store = new VitalsStore();
    store.take(batch(1, { 'a.1': { cpu: 1 } }, 10));
    store.take(batch(2, { 'a.1': { cpu: 2 } }, 990));
    store.take(batch(3, { 'a.1': { cpu: 3 } }, 5));
    expect(tail(store, 'a.1', 3)).toBe('1 2 3');
  });

  it('forgets what is older than its history, also after a long silence', () => {
    const store = new VitalsStore();
    store.take(batch(0, { 'a.1': { cpu: 1 } }));
    store.take(batch(HISTORY_SECONDS * 3 + 7, { 'a.1': { cpu: 9 } }));
    expect(tail(store, 'a.1', HISTORY_SECONDS).replaceAll('- ', '')).toBe('9');
  });

  it('adds load up over a service and takes the worst delay', () => {
    const store = new VitalsStore();
    store.take(
      batch(1, { 'a.1': { cpu: 1, delay: 5 }, 'a.2': { cpu: 2, delay: 3 }, 'b.1': { cpu: 8, delay: 1 } }),
    );
    expect(store.latest('a')?.cpuCores).toBe(3);
    expect(store.latest('a')?.loopDelayP99Ms).toBe(5);
    expect(store.latest('b')?.cpuCores).toBe(8);
  });

  it('does not take what was not measured for a zero', () => {
    const store = new VitalsStore();
    store.take(batch(1, { 'a.1': { cpu: null, delay: null }, 'a.2': { cpu: 2 } }));
    expect(store.latest('a')?.cpuCores).toBe(2);
    expect(store.latest('a')?.loopDelayP99Ms).toBeUndefined();
    expect(tail(store, 'a.1', 1)).toBe('-');
  });

  it('tells only those whose subject was in the batch', () => {
    const store = new VitalsStore();
    const told: string[] = [];
    for (const subject of ['a', 'a.1', 'a.2', 'b']) store.subscribe(subject, () => told.push(subject));
    store.take(batch(1, { 'a.1': { cpu: 1 } }));
    expect(told).toEqual(['a.1', 'a']);
  });

  it('stops telling those who left', () => {
    const store = new VitalsStore();
    let told = 0;
    const leave = store.subscribe('a.1', () => told++);
    leave();
    store.take(batch(1, { 'a.1': { cpu: 1 } }));
    expect(told).toBe(0);
  });

  it('fills in what was before the page was opened, and leaves what was heard', () => {
    const store = new VitalsStore();
    store.take(batch(4, { 'a.1': { cpu: 4 }, 'a.2': { cpu: 40 } }));
    store.take(batch(5, { 'a.1': { cpu: 5 }, 'a.2': { cpu: 50 } }));
    store.fill(id('a.1'), history(1, [1, null, 3, 99, 99]));
    store.fill(id('a.2'), history(2, [20, 30, 99]));
    expect(tail(store, 'a.1', 6)).toBe('- 1 - 3 4 5');
    expect(tail(store, 'a', 6)).toBe('- 1 20 33 44 55');
    store.fill(id('a.2'), history(2, [20, 30, 99]));
    expect(tail(store, 'a', 6)).toBe('- 1 20 33 44 55');
  });

  it('takes a history that comes before the first second', () => {
    const store = new VitalsStore();
    store.fill(id('a.1'), history(1, [1, 2]));
    store.take(batch(3, { 'a.1': { cpu: 3 } }));
    expect(tail(store, 'a.1', 4)).toBe('- 1 2 3');
  });
});
