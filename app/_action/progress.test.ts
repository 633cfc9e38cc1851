import { describe, expect, it } from 'vitest';
import { anAction, anOutcome, aPart, START } from './action-builders.ts';
import { canCancel, fractionOf, isRunning, shareDone, shownState, whereOf } from './progress.ts';

describe('how far an action is', () => {
  it('is over in its five ends alone; when it asks it is not', () => {
    const over = (['succeeded', 'partial', 'failed', 'cancelled', 'unknown'] as const).map((state) =>
      isRunning(anAction(state, [])),
    );
    expect(over).toEqual([false, false, false, false, false]);
    expect(isRunning(anAction('asking', []))).toBe(true);
  });

  it('is shown as interrupted while it runs and an instance cannot be reached, not when it asks or is over', () => {
    const status = { state: 'interrupted', since: START, reason: 'reset', givesUpAt: START } as const;
    const parts = [aPart('g-0'), aPart('g-1', { status })];
    expect(shownState(anAction('running', parts))).toBe('interrupted');
    expect(shownState(anAction('asking', parts))).toBe('asking');
    expect(shownState(anAction('running', [aPart('g-0')]))).toBe('running');
  });

  it('can be cancelled while it runs or asks, once', () => {
    expect(canCancel(anAction('asking', []))).toBe(true);
    expect(canCancel(anAction('cancelling', []))).toBe(false);
    expect(canCancel(anAction('unknown', []))).toBe(false);
    expect(canCancel(anAction('running', [], { cancellable: false }))).toBe(false);
  });

  it('is a share of the targets of all instances, and nothing where there is none', () => {
    const parts = [
      aPart('g-0', { outcomes: [anOutcome('a', 'done'), anOutcome('b', 'pending')] }),
      aPart('g-1', { outcomes: [anOutcome('c', 'kept'), anOutcome('d', 'failed')] }),
    ];
    expect(fractionOf({ parts })).toBe(0.75);
    expect(fractionOf({ parts: [aPart('g-0')] })).toBeNull();
  });

  it('is a share of the time where the instance knows how long it takes', () => {
    expect(shareDone(0, 10, 30)).toBe(0.25);
    expect(shareDone(0.5, 10, null)).toBe(0.5);
    expect(shareDone(0.5, 0, 0)).toBe(0.5);
    expect(shareDone(null, -3, 30)).toBe(0);
  });

  it('happens at an instance by name, or at so many of a service', () => {
    const several = (count: number) => `${count} instances`;
    expect(whereOf([aPart('g-0')], several)).toBe('g-0');
    expect(whereOf([aPart('g-0'), aPart('g-1')], several)).toBe('gate (2 instances)');
    expect(whereOf([aPart('g-0'), { ...aPart('x-0'), service: 'x' }], several)).toBe('2 instances');
  });
});
