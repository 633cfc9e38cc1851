import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { ActionTarget_Effect } from '../../../../proto/gen/opscenter/v1/action_pb.ts';
import { serveActions } from '../../../testing/serve-actions.ts';
import { action, previewOf, refusalOf, target } from '../../../testing/test-actions.ts';
import { type Action, ActionRefused } from '../../host/actions/action.ts';

describe('a preview', () => {
  it('tells what the service would do with these parameters', async () => {
    const asked: unknown[] = [];
    await using served = await serveActions(
      action({
        preview: (parameters) => {
          asked.push(parameters);
          return { ...previewOf([target('a'), target('b', 'kept')]), estimatedMs: 1_500 };
        },
      }),
    );
    const { client } = served;
    const preview = await client.previewAction('pool.flush', { game: 'steampunk2' });
    expect(asked).toEqual([{ game: 'steampunk2' }]);
    expect(preview).toMatchObject({
      targets: [
        { id: 'a', name: 'Connection a', reason: 'Its peer is gone.', players: 1n, effect: 1 },
        { id: 'b', effect: 2 },
      ],
      playersAffected: 2n,
      playersDisconnected: 0n,
      irreversible: 'Nothing.',
      estimatedDuration: { seconds: 1n, nanos: 500_000_000 },
    });
  });

  it.each<[string, () => unknown, string, string]>([
    [
      'refuses',
      () => {
        throw new ActionRefused('The pool is being replaced.');
      },
      'action-refused',
      'The pool is being replaced.',
    ],
    [
      'fails',
      () => {
        throw new Error('no such pool');
      },
      'preview-failed',
      'no such pool',
    ],
    ['rejects', () => Promise.reject(new Error('later')), 'preview-failed', 'later'],
    ['returns nothing', () => undefined, 'preview-failed', 'no object'],
    ['returns no targets', () => ({ ...previewOf([]), targets: 7 }), 'preview-failed', 'list of targets'],
    [
      'returns a target without an id',
      () => previewOf([{ ...target('a'), id: '' }]),
      'preview-failed',
      'an id',
    ],
    ['returns an id that is too long', () => previewOf([target('x'.repeat(129))]), 'preview-failed', 'an id'],
    [
      'returns fewer than no players',
      () => ({ ...previewOf([]), playersAffected: -1 }),
      'preview-failed',
      'playersAffected',
    ],
    [
      'would touch too much to be looked at',
      () => previewOf(Array.from({ length: 1_001 }, (_, number) => target(`t${number}`))),
      'too-many-targets',
      '1001 targets',
    ],
  ])('of a service that %s says so', async (_, preview, word, sentence) => {
    await using served = await serveActions(action({ preview: preview as Action['preview'] }));
    const { client } = served;
    const refusal = await refusalOf(client.previewAction('pool.flush'));
    expect(refusal).toMatchObject({ code: status.FAILED_PRECONDITION, word });
    expect(refusal.sentence).toContain(sentence);
  });

  it('shows everything that is touched, and of the rest as much as fits, what is waited for first', async () => {
    const many = (effect: 'awaited' | 'kept') =>
      Array.from({ length: 900 }, (_, number) => target(`${effect}-${number}`, effect));
    const targets = [...many('kept'), ...many('awaited'), target('last')];
    await using served = await serveActions(action({ preview: () => previewOf(targets) }));
    const { client } = served;
    const shown = (await client.previewAction('pool.flush')).targets;
    expect(shown).toHaveLength(1_000);
    expect(shown[0]?.id).toBe('last');
    const counted = (effect: ActionTarget_Effect) => shown.filter((one) => one.effect === effect).length;
    expect(counted(ActionTarget_Effect.AWAITED)).toBe(900);
    expect(counted(ActionTarget_Effect.KEPT)).toBe(99);
  });

  it('that the service never computes is given up', async () => {
    await using served = await serveActions(action({ preview: () => new Promise(() => {}) }));
    const { client } = served;
    const refusal = await refusalOf(client.previewAction('pool.flush'));
    expect(refusal).toMatchObject({ code: status.FAILED_PRECONDITION, word: 'service-overdue' });
  });

  it('of an action that is not offered is not found', async () => {
    await using served = await serveActions();
    const { client } = served;
    expect(await refusalOf(client.previewAction('pool.flush'))).toMatchObject({
      code: status.NOT_FOUND,
      word: 'unknown-action',
    });
  });

  it.each([
    ['Flush', {}],
    ['pool.flush', []],
    ['pool.flush', { text: 'x'.repeat(33_000) }],
    ['pool.flush', JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)],
  ])('of %s with parameters that cannot be is refused', async (type, parameters) => {
    await using served = await serveActions(action());
    const { client } = served;
    expect(await refusalOf(client.previewAction(type, parameters))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      word: 'invalid-request',
    });
  });
});
