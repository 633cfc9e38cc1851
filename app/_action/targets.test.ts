import { describe, expect, it } from 'vitest';
import type { ActionPart, ActionTarget } from '#contract';
import { anAction, anOutcome, aPart, aPreview, aPreviewPart, aTarget } from './action-builders.ts';
import { splitTargets, targetsOf, waitingBeyond } from './targets.ts';

const confirmed = [aTarget('a'), aTarget('b', { effect: 'awaited' }), aTarget('k', { effect: 'kept' })];
function shown(part: Partial<ActionPart>, isOver: boolean, targets: ActionTarget[] = confirmed) {
  const one = aPart('g-0', part);
  const action = anAction('running', [one], { preview: aPreview([aPreviewPart('g-0', { targets })]) });
  return targetsOf(action, one, isOver).map(({ target, outcome, message }) =>
    `${target.name}: ${outcome} ${message}`.trim(),
  );
}

describe('the targets of an action', () => {
  it('come in the order in which they were confirmed, each with what became of it', () => {
    expect(shown({ outcomes: [anOutcome('b', 'done', 'closed'), anOutcome('a', 'pending')] }, false)).toEqual(
      ['connection a: pending', 'connection b: done closed'],
    );
  });

  it('are said to be unreported when it is over and nobody has said anything', () => {
    expect(shown({ outcomes: [anOutcome('a', 'pending')] }, true)).toEqual([
      'connection a: unreported',
      'connection b: unreported',
    ]);
  });

  it('say what is being waited for in the words of now', () => {
    const waitingFor = [aTarget('a', { reason: '12 s more' }), aTarget('new')];
    expect(shown({ waitingFor }, false)).toEqual([
      'connection a: pending 12 s more',
      'connection b: pending',
    ]);
    const part = aPart('g-0', { waitingFor });
    const action = anAction('running', [part], {
      preview: aPreview([aPreviewPart('g-0', { targets: confirmed })]),
    });
    expect(waitingBeyond(action, part).map(({ target }) => target.id)).toEqual(['new']);
  });

  it('show also what was reported and never confirmed, and never hide what was to be left alone and was not', () => {
    expect(
      shown({ outcomes: [anOutcome('zz', 'done'), anOutcome('k', 'failed')] }, false, [
        aTarget('k', { effect: 'kept' }),
      ]),
    ).toEqual(['connection k: failed', 'zz: done']);
  });

  it('are split in a preview into what is touched, waited for and left alone', () => {
    const { touched, awaited, kept } = splitTargets({ targets: confirmed });
    expect(touched.map(({ target }) => target.id)).toEqual(['a']);
    expect(awaited.map(({ target }) => target.id)).toEqual(['b']);
    expect(kept.map(({ target }) => target.id)).toEqual(['k']);
  });
});
