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

/** By a clock that the test moves. */
class Time {
  nowMs = 0;
  givenMs = 0;

  /** @param given the part of it that the thread has */
  pass(ms: number, given = 1): void {
    this.nowMs += ms;
    this.givenMs += ms * given;
  }

  rate(every: number): SamplingRate {
    return new SamplingRate(every, this.nowMs, () => this.givenMs);
  }
}

const fixed = (every: number) => new Time().rate(every);

describe('a fixed rate', () => {
  it('of one follows everything', () => {
    expect(follow(fixed(1), 1_000).total).toBe(1_000);
  });

  it.each([2, 10, 100])('of one in %i stands for all of them', (every) => {
    const operations = every * 20_000;
    const { total } = follow(fixed(every), operations);
    expect(total / operations).toBeGreaterThan(0.97);
    expect(total / operations).toBeLessThan(1.03);
  });

  it('meets each of five that come over and over alike', () => {
    const operations = 500_000;
    for (const estimate of follow(fixed(100), operations).estimates) {
      expect(estimate / (operations / 5)).toBeGreaterThan(0.8);
      expect(estimate / (operations / 5)).toBeLessThan(1.2);
    }
  });

  it('stays, whatever it costs', () => {
    const rate = fixed(10);
    for (let ms = 0; ms < 1_000; ms += 1) rate.spent(50, ms);
    expect(rate.every).toBe(10);
  });
});

describe('a rate that follows the load', () => {
  /** So many operations a second for so long, each of which costs 30 µs when it is followed. */
  function load(time: Time, rate: SamplingRate, perSecond: number, forMs: number, given = 1) {
    let followed = 0;
    let total = 0;
    for (let operation = 0; operation < (perSecond * forMs) / 1_000; operation += 1) {
      time.pass(1_000 / perSecond, given);
      const weight = rate.take();
      if (weight === 0) continue;
      followed += 1;
      total += weight;
      rate.spent(0.03, time.nowMs);
    }
    return { followed, total };
  }

  function start() {
    const time = new Time();
    return { time, rate: time.rate(0) };
  }

  it('follows everything in a calm service', () => {
    const { time, rate } = start();
    expect(load(time, rate, 200, 5_000).followed).toBe(1_000);
    expect(rate.range).toEqual({ least: 1, most: 1 });
  });

  it('spends a small part of the time in a busy one, and stands for all of it', () => {
    const { time, rate } = start();
    const { followed, total } = load(time, rate, 100_000, 10_000);
    expect((followed * 0.03) / 10_000).toBeLessThan(0.025);
    expect(followed).toBeGreaterThan(1_000);
    expect(total / 1e6).toBeGreaterThan(0.9);
    expect(total / 1e6).toBeLessThan(1.1);
  });

  it('spends no more of the little time that a thread has on a busy machine', () => {
    const { time, rate } = start();
    const { followed } = load(time, rate, 20_000, 10_000, 0.1);
    expect((followed * 0.03) / time.givenMs).toBeLessThan(0.025);
  });

  it('is low again when it has become calm', () => {
    const { time, rate } = start();
    load(time, rate, 100_000, 2_000);
    expect(rate.every).toBeGreaterThan(10);
    load(time, rate, 300, 20_000);
    expect(rate.every).toBeLessThan(3);
  });

  it('does not let a burst at its start stop the thread', () => {
    const { time, rate } = start();
    expect(load(time, rate, 1e9, 1).followed * 0.03).toBeLessThan(25);
  });
});
