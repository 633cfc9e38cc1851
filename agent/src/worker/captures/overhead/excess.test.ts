import { describe, expect, it } from 'vitest';
import type { CaptureBudgetFacts } from '../capture-method.ts';
import type { Budget } from './budget.ts';
import { CpuEvidence, memoryExcess, pauseExcess, pauseLimitMs, ShareEvidence } from './excess.ts';
import { PauseTally } from './pause-tally.ts';

const limits: CaptureBudgetFacts = { pauseMs: 500, threadShare: 0.2, cpuCores: 0.5, memoryBytes: 100e6 };

function budgetThatAsksFor(...asked: (keyof CaptureBudgetFacts)[]): Budget {
  return { limits, asked: new Set(asked) };
}

/** The sentence at each pause, for a thread with this usual pause. */
function sentencesOf(budget: Budget, usualMs: number | undefined, pausesMs: number[]) {
  const tally = new PauseTally(pauseLimitMs(budget, usualMs));
  return pausesMs.map((ms) => {
    tally.closed(ms);
    return pauseExcess(budget, tally, usualMs);
  });
}

describe('a pause', () => {
  it('ends a capture whose request allows less', () => {
    const [short, long] = sentencesOf(budgetThatAsksFor('pauseMs'), undefined, [499, 501]);
    expect(short).toBeUndefined();
    expect(long).toBe('The thread did not answer for 501 ms at worst; the budget is 500 ms.');
  });

  it('counts while it goes on', () => {
    const budget = budgetThatAsksFor('pauseMs');
    const tally = new PauseTally(pauseLimitMs(budget));
    tally.open(600);
    expect(pauseExcess(budget, tally, undefined)).toMatch(/600 ms/);
  });

  it('is allowed to be as long as the thread’s own', () => {
    const [, own, longer] = sentencesOf(budgetThatAsksFor('pauseMs'), 300, [300, 790, 810]);
    expect(own).toBeUndefined();
    expect(longer).toBe(
      'The thread did not answer for 810 ms at worst; the budget is 500 ms beyond the 300 ms that it had before.',
    );
  });

  it('of a stall that comes once or twice is recorded when nobody asked for less', () => {
    const sentences = sentencesOf(budgetThatAsksFor(), 20, [9_000, 9_000, 9_000]);
    expect(sentences.slice(0, 2)).toEqual([undefined, undefined]);
    expect(sentences[2]).toMatch(/^The thread did not answer 3 times, for 9000 ms at worst/);
  });

  it('proves nothing of a thread that nobody has watched before', () => {
    expect(sentencesOf(budgetThatAsksFor(), undefined, [9_000, 9_000, 9_000])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('processor time', () => {
  const take = (coresBySecond: number[]) => {
    const evidence = new CpuEvidence();
    let cpuMs = 0;
    return coresBySecond.map((cores, second) => {
      cpuMs += cores * 1_000;
      return evidence.take(budgetThatAsksFor(), second * 1_000, cpuMs);
    });
  };

  it('ends a capture when it has been too much for three seconds', () => {
    const sentences = take([1, 1.3, 1.3, 1.3]);
    expect(sentences).toEqual([
      undefined,
      undefined,
      undefined,
      'The recorder took 1.3 cores for 3 s; its budget is 0.5.',
    ]);
  });

  it('may be much for a moment', () => {
    expect(take([0.1, 0.1, 1.2, 0.1, 0.1, 0.1, 1.2, 0.1])).toEqual(Array(8).fill(undefined));
  });
});

describe('the share of the thread', () => {
  it('ends a capture when it stays too large', () => {
    const evidence = new ShareEvidence();
    const take = (atMs: number, share: number) => evidence.take(budgetThatAsksFor(), atMs, share);
    expect([take(0, 0.5), take(1_000, 0.1), take(2_000, 0.3), take(4_000, 0.3)]).toEqual(
      Array(4).fill(undefined),
    );
    expect(take(5_000, 0.31)).toBe("The recorder took 31 % of the thread's own time; its budget is 20 %.");
  });
});

describe('memory', () => {
  it('ends a capture at once', () => {
    expect(memoryExcess(budgetThatAsksFor(), 100e6, 'The process grew by')).toBeUndefined();
    expect(memoryExcess(budgetThatAsksFor(), 101e6, 'The process grew by')).toBe(
      "The process grew by 101 MB; the capture's budget is 100 MB.",
    );
  });
});
