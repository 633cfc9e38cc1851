import { describe, expect, it } from 'vitest';
import { RestartBudget } from './restart-budget.ts';

describe('the restarts of the agent’s thread', () => {
  it('come later and later, five times an hour, and then an hour after the first', () => {
    let nowMs = 0;
    const budget = new RestartBudget(() => nowMs);
    const delays: number[] = [];
    for (let death = 0; death < 6; death += 1) {
      const delayMs = budget.book();
      delays.push(delayMs);
      nowMs += delayMs;
    }
    expect(delays.slice(0, 5)).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    expect(nowMs).toBe(500 + 3_600_000);
  });

  it('begin anew after a quiet hour', () => {
    let nowMs = 0;
    const budget = new RestartBudget(() => nowMs);
    for (let death = 0; death < 4; death += 1) budget.book();
    nowMs += 2 * 3_600_000;
    expect(budget.book()).toBe(500);
  });

  it('never exceed five in any hour, however often the thread dies', () => {
    let nowMs = 0;
    const budget = new RestartBudget(() => nowMs);
    const restarts = Array.from({ length: 40 }, () => {
      nowMs += budget.book();
      return nowMs;
    });
    for (const [index, atMs] of restarts.entries()) {
      const sixth = restarts[index + 5];
      if (sixth !== undefined) expect(sixth - atMs).toBeGreaterThanOrEqual(3_600_000);
    }
  });
});
