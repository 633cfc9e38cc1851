import { describe, expect, test } from 'vitest';
import type { ActionPreviewPart, ActionTarget, Instance, InstanceId } from '../http/contract/index.ts';
import { toBlastRadius } from './blast-radius.ts';

const idOf = (name: string) => `game.${name.padStart(10, '0')}` as InstanceId;

function instance(name: string, state = 'connected'): Instance {
  return { id: idOf(name), name, service: 'game', connection: { state } } as Instance;
}

function part(name: string, changes: Partial<ActionPreviewPart> = {}): ActionPreviewPart {
  const target: ActionTarget = { id: 'r1', name: 'room 1', reason: '', players: 2, effect: 'awaited' };
  return {
    instanceId: idOf(name),
    instanceName: name,
    service: 'game',
    targets: [target],
    playersAffected: 2,
    playersDisconnected: 0,
    estimatedSeconds: null,
    refusal: null,
    ...changes,
  };
}

const none: ReadonlySet<InstanceId> = new Set();
const fleet = [instance('1'), instance('2'), instance('3', 'dead')];

describe('what is to be typed', () => {
  test('is nothing while another instance serves and nobody is disconnected', () => {
    expect(toBlastRadius('drain', [part('1')], fleet, none)).toEqual({ warnings: [], confirmation: null });
  });

  test('is the name of the last instance that serves, when that is drained', () => {
    const radius = toBlastRadius('drain', [part('1')], fleet, new Set([idOf('2')]));
    expect(radius.confirmation).toBe('1');
    expect(radius.warnings).toEqual([expect.stringContaining('No instance of game would be left')]);
  });

  test('is the name of the service, when all that serve are drained at once', () => {
    expect(toBlastRadius('drain', [part('1'), part('2')], fleet, none).confirmation).toBe('game');
  });

  test('is asked of other actions only for players that are disconnected', () => {
    expect(toBlastRadius('pool.flush', [part('1'), part('2')], fleet, none).confirmation).toBeNull();
    const grave = part('1', { playersDisconnected: 1 });
    expect(toBlastRadius('pool.flush', [grave], fleet, none).confirmation).toBe('1');
  });

  test('does not count an instance that refuses', () => {
    const refusal = { code: 'main-thread-stuck', message: 'It is stuck.' };
    const radius = toBlastRadius('drain', [part('1'), part('2', { refusal })], fleet, none);
    expect(radius).toEqual({
      warnings: ['Left out, because it is not possible there now: 2.'],
      confirmation: null,
    });
  });
});

describe('a warning', () => {
  test('says when there is nothing to touch, but not of a drain, which cordons all the same', () => {
    const empty = part('1', { targets: [] });
    expect(toBlastRadius('pool.flush', [empty], fleet, none).warnings).toHaveLength(1);
    expect(toBlastRadius('drain', [empty], fleet, none).warnings).toEqual([]);
  });
});
