import { describe, expect, test } from 'vitest';
import { DeskLock } from './desk-lock.ts';

function tracked() {
  const told: string[] = [];
  const turn = {
    acquired: () => void told.push('acquired'),
    released: () => void told.push('released'),
    [Symbol.dispose]() {},
  };
  const waiting = () => {
    told.push('waiting');
    return turn;
  };
  return { told, lock: { refusedReason: undefined, waiting, dispose() {}, [Symbol.dispose]() {} } };
}

describe('DeskLock', () => {
  test('lets one in after the other, in order, also after one that failed', async () => {
    const lock = new DeskLock();
    const order: number[] = [];
    const work = (number: number) => async () => {
      order.push(number);
      await Promise.resolve();
      order.push(number);
      if (number === 1) throw new Error('failed');
      return number;
    };
    const outcomes = await Promise.allSettled([1, 2, 3].map((number) => lock.hold(work(number))));
    expect(order).toEqual([1, 1, 2, 2, 3, 3]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });

  test('tells of every turn', async () => {
    const { told, lock } = tracked();
    const deskLock = new DeskLock(lock);
    await Promise.all([deskLock.hold(async () => 1), deskLock.hold(async () => 2)]);
    expect(told.slice(0, 3)).toEqual(['waiting', 'waiting', 'acquired']);
    expect(told.filter((word) => word === 'released')).toHaveLength(2);
  });
});
