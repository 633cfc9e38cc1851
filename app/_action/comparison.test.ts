import { describe, expect, it } from 'vitest';
import type { ActionPart } from '#contract';
import {
  after,
  anAction,
  anOutcome,
  aPart,
  aPreview,
  aPreviewPart,
  aTarget,
  START,
} from './action-builders.ts';
import { compareWithPreview, sum } from './comparison.ts';

const predicted = aPreviewPart('g-0', {
  targets: [aTarget('a'), aTarget('b'), aTarget('c', { effect: 'kept' })],
  playersAffected: 3,
  estimatedSeconds: 2,
});
const done = (part: Partial<ActionPart> = {}) =>
  aPart('g-0', {
    status: { state: 'succeeded', since: after(4), message: '' },
    outcomes: [anOutcome('a', 'done'), anOutcome('b', 'done')],
    playersAffected: 3,
    playersDisconnected: 0,
    ...part,
  });
const compared = (
  part: ActionPart,
  state: 'succeeded' | 'unknown' | 'running' = 'succeeded',
  preview = aPreview([predicted]),
) =>
  compareWithPreview(anAction(state, [part], { preview })).map(
    (row) => `${row.what}: ${row.predicted} ${row.actual} ${row.verdict}`,
  );

describe('predicted against actual', () => {
  it('is the same where everything came as it was said', () => {
    expect(compared(done())).toEqual([
      'touched: 2 2 same',
      'affected: 3 3 same',
      'disconnected: 0 0 same',
      'seconds: 2 4 none',
    ]);
  });

  it('says what failed, what was left alone after all, and that more players were hit than was said', () => {
    const part = done({
      outcomes: [anOutcome('a', 'failed'), anOutcome('b', 'kept')],
      playersAffected: 1,
      playersDisconnected: 2,
    });
    expect(compared(part)).toEqual([
      'touched: 2 0 fewer',
      'failed: 0 1 more',
      'keptAfterAll: 0 1 more',
      'affected: 3 1 fewer',
      'disconnected: 0 2 more',
      'seconds: 2 4 none',
    ]);
  });

  it('does not take what nobody has said for a zero', () => {
    const part = done({
      status: { state: 'unknown', since: after(4), message: '' },
      outcomes: [anOutcome('a', 'done'), anOutcome('b', 'unknown')],
      playersAffected: null,
      playersDisconnected: null,
    });
    expect(compared(part, 'unknown')).toEqual([
      'touched: 2 null unknown',
      'affected: 3 null unknown',
      'disconnected: 0 null unknown',
      'seconds: 2 4 none',
    ]);
  });

  it('leaves out instances that refused, and predicts no time where one of the others did not', () => {
    const refusal = { code: 'x', message: 'no' };
    const preview = aPreview([
      predicted,
      aPreviewPart('g-1', { targets: [aTarget('z')], refusal, estimatedSeconds: 90 }),
    ]);
    expect(compared(done(), 'succeeded', preview)).toContain('touched: 2 2 same');
    expect(compared(done(), 'succeeded', preview)).toContain('seconds: 2 4 none');
    const unsure = aPreview([predicted, aPreviewPart('g-1')]);
    expect(compared(done(), 'succeeded', unsure)).toContain('seconds: null 4 none');
  });

  it('holds what was only waited for apart: more of it may come, and that is no harm', () => {
    const preview = aPreview([aPreviewPart('g-0', { targets: [aTarget('a', { effect: 'awaited' })] })]);
    const part = done({ outcomes: [anOutcome('a', 'done')], playersAffected: 0 });
    expect(compared(part, 'succeeded', preview)).toEqual([
      'awaited: 1 1 same',
      'affected: 0 0 same',
      'disconnected: 0 0 same',
      'seconds: null 4 none',
    ]);
  });

  it('is nothing while the action is under way', () => {
    expect(compared(aPart('g-0', { status: { state: 'waiting', since: START } }), 'running')).toEqual([]);
  });

  it('adds up to nothing known as soon as one is not', () => {
    expect(sum([1, 2])).toBe(3);
    expect(sum([1, null])).toBeNull();
    expect(sum([])).toBe(0);
  });
});
