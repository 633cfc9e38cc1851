import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#contract';
import { actsOf } from './acts.ts';
import { subjectsOf } from './subjects.ts';

const CAPTURE = 'cap_0123456789abcdefghij';
const ACTION = 'act_0123456789abcdefghij';
const GATE = 'bg-gate.0123456789';

function about(target: string, detail: Record<string, unknown> = {}): [kind: string, href: string | null][] {
  const intent: AuditEntry = {
    sequence: 1,
    at: '2026-03-05T12:00:00.000Z',
    actor: 'kim',
    action: 'anything',
    phase: 'intent',
    intentSequence: null,
    target,
    result: null,
    detail,
    hash: '',
    previousHash: '',
  };
  return actsOf([intent]).flatMap((act) =>
    subjectsOf(act, (name) => name === 'bg-gate').map(({ kind, href }): [string, string | null] => [
      kind,
      href,
    ]),
  );
}

describe('what an act was about', () => {
  it('leads to where it is shown', () => {
    expect(about(GATE)).toEqual([['instance', `/instances/${GATE}`]]);
    expect(about('bg-gate')).toEqual([['service', '/services/bg-gate']]);
    expect(about(CAPTURE)).toEqual([['capture', `/captures/${CAPTURE}`]]);
    expect(about(ACTION)).toEqual([['action', `/actions/${ACTION}`]]);
  });

  it('is a word without a link where there is nothing to see', () => {
    expect(about('console')).toEqual([['other', null]]);
  });

  it('names whom it touched before the record of it, each once', () => {
    const instances = [
      { id: GATE, name: 'bg-gate', targets: ['a#1'] },
      { id: 'lobby.0123456789', name: 'lobby' },
    ];
    expect(about(ACTION, { instances, type: 'pool.flush' })).toEqual([
      ['instance', `/instances/${GATE}`],
      ['instance', '/instances/lobby.0123456789'],
      ['action', `/actions/${ACTION}`],
    ]);
    expect(about(CAPTURE, { instanceId: GATE, kind: 'cpu' }).map(([kind]) => kind)).toEqual([
      'instance',
      'capture',
    ]);
  });

  it('makes nothing of details that are no names', () => {
    expect(
      about('console', {
        instanceId: 7,
        instanceIds: [null, ''],
        instances: [7, null, { id: 3 }],
        service: {},
      }),
    ).toEqual([['other', null]]);
  });
});
