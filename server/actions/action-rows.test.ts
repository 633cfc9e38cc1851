import { expect, test } from 'vitest';
import { openTestStore } from '../testing/test-store.ts';
import { ActionRows } from './action-rows.ts';

test('the oldest that have ended are forgotten, and none that is under way', async () => {
  const { db } = await openTestStore();
  const row = (number: number, endedAt: number | null) => ({
    id: `act_${number}`,
    type: 'pool.flush',
    title: 'Flush',
    params: '{}',
    reason: 'a test',
    requested_by: 'somebody',
    requested_at: number,
    deadline_at: number,
    state: endedAt === null ? 'running' : 'succeeded',
    status: '{}',
    parts: '[]',
    preview: '{}',
    preview_id: `pre_${number}`,
    history: '[]',
    idempotency_key: `key-${number}`,
    request_hash: '',
    ended_at: endedAt,
    audit_intent: number,
  });
  const all = [row(1, null), ...[2, 3, 4, 5].map((number) => row(number, number))];
  await db.insertInto('actions').values(all).execute();
  const rows = new ActionRows(db);
  const left = async () =>
    (await db.selectFrom('actions').select('id').orderBy('id').execute()).map(({ id }) => id);
  await rows.deleteBeyond(db, 4);
  expect(await left()).toHaveLength(5);
  await rows.deleteBeyond(db, 2);
  expect(await left()).toEqual(['act_1', 'act_4', 'act_5']);
});
