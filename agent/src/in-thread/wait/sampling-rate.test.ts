import { describe, expect, it } from 'vitest';
import { SamplingRate } from './sampling-rate.ts';

/** What was followed of so many, by the place in a round of five that each has. */
function follow(rate: SamplingRate, operations: number) {
  const estimates = [0, 0, 0, 0, 0];
  for (let operation = 0; operation < operations; operation += 1) {
    estimates[operation % 5] = (estimates[operation % 5] as number) + rate.take();
  }
  return { estimates, total: estimates.reduce((sum, estimate) => sum + estimate) };
}

describe('a fixed rate', () => {
  it('of one follows everything', () => {
    expect(follow(new SamplingRate(1, 5), 1_000).total).toBe(1_000);
  });

  it.each([2, 10, 100])('of one in %i stands for all of them', (every) => {
    const operations = every * 20_000;
    const { total } = follow(new SamplingRate(every, 7), operations);
    expect(total / operations).toBeGreaterThan(0.97);
    expect(total / operations).toBeLessThan(1.03);
  });

  it('meets each of five that come over and over alike', () => {
    const operations = 500_000;
    for (const estimate of follow(new SamplingRate(100, 3), operations).estimates) {
      expect(estimate / (operations / 5)).toBeGreaterThan(0.8);
      expect(estimate / (operations / 5)).toBeLessThan(1.2);
    }
  });

  it('stays, whatever it costs', () => {
    const rate = new SamplingRate(10, 0);
    for (let ms = 0; ms < 1_000; ms += 1) rate.spent(50, ms);
    expect(rate.every).toBe(10);
  });
});

describe('a rate that follows the load', () => {
  /** So many operations a second for so long, each of which costs 30 µs when it is followed. */
  function load(rate: SamplingRate, perSecond: number, fromMs: number, forMs: number) {
    let followed = 0;
    let total = 0;
    for (let operation = 0; operation < (perSecond * forMs) / 1_000; operation += 1) {
      const weight = rate.take();
      if (weight === 0) continue;
      followed += 1;
      total += weight;
      rate.spent(0.03, fromMs + (operation / perSecond) * 1_000);
    }
    return { followed, total };
  }

  it('follows everything in a calm service', () => {
    const rate = new SamplingRate(0, 0);
    expect(load(rate, 200, 0, 5_000).followed).toBe(1_000);
    expect(rate.range).toEqual({ least: 1, most: 1 });
  });

  it('spends a small part of the time in a busy one, and stands for all of it', () => {
    const rate = new SamplingRate(0, 0);
    const { followed, total } = load(rate, 100_000, 0, 10_000);
    expect((followed * 0.03) / 10_000).toBeLessThan(0.03);
    expect(followed).toBeGreaterThan(1_000);
    expect(total / 1e6).toBeGreaterThan(0.9);
    expect(total / 1e6).toBeLessThan(1.1);
  });

  it('is low again when it has become calm', () => {
    const rate = new SamplingRate(0, 0);
    load(rate, 100_000, 0, 2_000);
    expect(rate.every).toBeGreaterThan(10);
    load(rate, 500, 2_000, 20_000);
    expect(rate.every).toBeLessThan(3);
  });

  it('does not let a burst at its start stop the thread', () => {
    const { followed } = load(new SamplingRate(0, 0), 1e9, 0, 1);
    expect(followed * 0.03).toBeLessThan(25);
  });
});
