import { describe, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../testing/silent-log.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type NewTimelineEvent, openStore } from './index.ts';

const event = (service: string, detail: Record<string, string> = {}): NewTimelineEvent => ({
  kind: 'health-changed',
  service,
  instanceId: null,
  instanceName: null,
  captureId: null,
  actionId: null,
  detail,
});

async function openedStore(dataDirectory = temporaryDirectory(), clock = new TestClock()) {
  const store = await openStore({ dataDirectory, clock, log: silentLog });
  onTestFinished(() => store.close().catch(() => {}));
  return { store, timeline: store.timeline, dataDirectory, clock };
}

describe('the timeline', () => {
  test('answers the newest first, filtered, up to the limit', async () => {
    const { timeline, clock } = await openedStore();
    timeline.record(event('lobby', { n: '1' }));
    clock.advance(1000);
    const since = new Date(clock.now()).toISOString();
    timeline.record(event('bg-gate', { n: '2' }));
    timeline.record(event('lobby', { n: '3' }));
    const numbers = (query: object) => timeline.list({ limit: 10, ...query }).map((found) => found.detail.n);
    expect(numbers({ service: 'lobby' })).toEqual(['3', '1']);
    expect(numbers({ since })).toEqual(['3', '2']);
    expect(numbers({ limit: 1 })).toEqual(['3']);
  });

  test('outlives the process, with its numbers going on', async () => {
    const { store, timeline, dataDirectory } = await openedStore();
    for (let index = 0; index < 500; index++) timeline.record(event('lobby'));
    const last = timeline.list({ limit: 1 })[0];
    await store.close();
    const reopened = await openedStore(dataDirectory);
    const events = reopened.timeline.list({ limit: 1000 });
    expect(events[0]).toMatchObject({ kind: 'server-started', sequence: (last?.sequence ?? 0) + 1 });
    expect(events[1]).toEqual(last);
    expect(events).toHaveLength(502);
  });

  test('forgets the oldest beyond its number', { timeout: 30_000 }, async () => {
    const { store, timeline, dataDirectory } = await openedStore();
    for (let index = 0; index < 10_500; index++) timeline.record(event('lobby'));
    await store.close();
    const { store: reopened } = await openedStore(dataDirectory);
    const { rows } = await reopened.db
      .selectFrom('timeline')
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    expect(rows).toBeLessThanOrEqual(10_001);
    expect(rows).toBeGreaterThan(9_000);
  });

  test('tells its listeners, and one that throws does not disturb the others', async () => {
    const { timeline } = await openedStore();
    const heard: string[] = [];
    timeline.onEvent(() => {
      throw new Error('broken listener');
    });
    const subscription = timeline.onEvent((told) => heard.push(told.service ?? ''));
    timeline.record(event('lobby'));
    subscription[Symbol.dispose]();
    timeline.record(event('bg-gate'));
    expect(heard).toEqual(['lobby']);
  });
});
