import { describe, expect, test } from 'vitest';
import type { StateChange } from '../http/contract/index.ts';
import { identityOf } from '../testing/identity.ts';
import { silentLog } from '../testing/silent-log.ts';
import { TestClock } from '../testing/test-clock.ts';
import { openTestStore } from '../testing/test-store.ts';
import { InstanceRecord } from './instance-record.ts';
import { InstanceRecords } from './instance-records.ts';

const target = {
  key: 'a',
  address: '127.0.0.1:1',
  host: '127.0.0.1',
  port: 1,
  tls: false,
  identity: undefined,
  runtime: undefined,
};

async function recordsWith(pids: number[]) {
  const clock = new TestClock();
  const { timeline } = await openTestStore();
  const records = new InstanceRecords({ clock, timeline, log: silentLog });
  const changes: StateChange[] = [];
  records.onChange((change) => changes.push(change));
  const made = pids.map(
    (pid) => new InstanceRecord(identityOf('lobby', { pid }), target, 'manual', clock.now()),
  );
  for (const record of made) records.add(record);
  return { clock, records, changes, made };
}

describe('the list of instances', () => {
  test('keeps the dead for ten minutes, and then says that they are gone', async () => {
    const { clock, records, changes, made } = await recordsWith([1, 2]);
    const [dead, alive] = made;
    if (!dead || !alive) expect.fail();
    records.connection(dead, { kind: 'gone', evidence: 'silent', reason: 'quiet' });
    clock.advance(9.9 * 60_000);
    expect(records.forget()).toEqual([]);
    clock.advance(0.2 * 60_000);
    expect(records.forget()).toEqual([dead]);
    expect(changes.at(-1)).toEqual({ type: 'instance-removed', instanceId: dead.id });
    expect(records.all()).toEqual([alive]);
  });

  test('keeps one that came back', async () => {
    const { clock, records, made } = await recordsWith([1]);
    const [record] = made;
    if (!record) expect.fail();
    records.connection(record, { kind: 'gone', evidence: 'silent', reason: 'quiet' });
    records.connection(record, { kind: 'answered' });
    clock.advance(60 * 60_000);
    expect(records.forget()).toEqual([]);
  });

  test('tells of what changed, and of nothing else', async () => {
    const { records, changes, made } = await recordsWith([1]);
    const [record] = made;
    if (!record) expect.fail();
    const before = changes.length;
    records.connection(record, { kind: 'broke', reason: 'cut' });
    records.connection(record, { kind: 'announced' });
    expect(changes).toHaveLength(before);
    records.connection(record, { kind: 'answered' });
    expect(changes).toHaveLength(before + 1);
  });
});
