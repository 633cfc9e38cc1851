import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#contract';
import { actsOf, detailLines } from './acts.ts';

function anEntry(sequence: number, part: Partial<AuditEntry> = {}): AuditEntry {
  return {
    sequence,
    at: `2026-03-05T12:00:${String(sequence).padStart(2, '0')}.000Z`,
    actor: 'kim',
    action: 'pool.flush',
    phase: 'intent',
    intentSequence: null,
    target: 'bg-gate.0123456789',
    result: null,
    detail: {},
    hash: `hash ${sequence}`,
    previousHash: '',
    ...part,
  };
}
const outcome = (sequence: number, intentSequence: number, part: Partial<AuditEntry> = {}) =>
  anEntry(sequence, { phase: 'outcome', intentSequence, result: 'succeeded', ...part });
const newestFirst = (...entries: AuditEntry[]) => entries.toSorted((a, b) => b.sequence - a.sequence);

describe('acts', () => {
  it('join an intent and its outcome, though other entries stand between them', () => {
    const acts = actsOf(
      newestFirst(
        anEntry(1, { detail: { reason: 'players cannot log in' } }),
        anEntry(2, { actor: 'lee' }),
        outcome(3, 1, { detail: { message: '4 of 4 closed' } }),
        outcome(4, 2, { actor: 'lee', result: 'failed', detail: { message: 'no such luck' } }),
      ),
    );
    expect(acts).toMatchObject([
      { sequence: 2, actor: 'lee', result: 'failed', message: 'no such luck', reason: '' },
      {
        sequence: 1,
        actor: 'kim',
        result: 'succeeded',
        message: '4 of 4 closed',
        reason: 'players cannot log in',
      },
    ]);
  });

  it('come newest intent first, whichever ended first', () => {
    const acts = actsOf(newestFirst(anEntry(1), anEntry(2), outcome(3, 2), outcome(4, 1)));
    expect(acts.map(({ sequence }) => sequence)).toEqual([2, 1]);
  });

  it('are open without an outcome, and never taken for a success', () => {
    expect(actsOf([anEntry(1)])).toMatchObject([{ result: 'open', outcome: null }]);
  });

  it('are unknown when the outcome says so or does not say anything', () => {
    const detail = { reason: 'the server was stopped before it was seen' };
    expect(actsOf(newestFirst(anEntry(1), outcome(2, 1, { result: 'unknown', detail })))).toMatchObject([
      { result: 'unknown', message: detail.reason, reason: '' },
    ]);
    expect(actsOf(newestFirst(anEntry(1), outcome(2, 1, { result: null })))).toMatchObject([
      { result: 'unknown' },
    ]);
  });

  it('are told by their outcome alone while the intent was not read yet', () => {
    const [act] = actsOf([outcome(9, 3)]);
    expect(act).toMatchObject({ sequence: 3, actor: 'kim', result: 'succeeded', intent: null });
  });

  it('are whole again once the older page is there', () => {
    expect(actsOf([outcome(9, 3), anEntry(3, { detail: { reason: 'because' } })])).toMatchObject([
      { sequence: 3, reason: 'because', result: 'succeeded' },
    ]);
  });
});

describe('the details of an entry', () => {
  it('are text, whatever they were', () => {
    expect(detailLines({ reason: 'a word', params: { game: 'a' }, count: 3, nothing: null })).toEqual([
      ['reason', 'a word'],
      ['params', '{"game":"a"}'],
      ['count', '3'],
      ['nothing', 'null'],
    ]);
  });
});
