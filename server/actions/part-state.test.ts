import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ActionPartStatus } from '../http/contract/index.ts';
import {
  isPartOver,
  nextPartStatus,
  PART_CHANGE_KINDS,
  type PartChange,
  type PartStateName,
} from './part-state.ts';

const before = Date.parse('2026-03-01T12:00:00Z');
const now = before + 5000;
const since = new Date(before).toISOString();

const states: Record<PartStateName, ActionPartStatus> = {
  waiting: { state: 'waiting', since },
  running: { state: 'running', since, phase: 'closing', message: 'They are being closed.' },
  interrupted: { state: 'interrupted', since, reason: 'cut', givesUpAt: since },
  succeeded: { state: 'succeeded', since, message: 'Done.' },
  partial: { state: 'partial', since, message: 'Half done.' },
  failed: { state: 'failed', since, code: 'agent-refused', message: 'No.' },
  cancelled: { state: 'cancelled', since, message: 'Taken back.' },
  unknown: { state: 'unknown', since, message: 'Who knows.' },
};

const changes: Record<PartChange['kind'], PartChange> = {
  stepped: { kind: 'stepped', phase: 'verifying', message: 'Looking again.' },
  followed: { kind: 'followed', phase: 'fencing', message: 'Begun.' },
  broke: { kind: 'broke', reason: 'reset', givesUpAtMs: now + 1000 },
  'taken-up': { kind: 'taken-up', reason: 'restarted', givesUpAtMs: now + 1000 },
  ended: { kind: 'ended', state: 'succeeded', message: 'Done.' },
  failed: { kind: 'failed', code: 'agent-refused', message: 'No.' },
  lost: { kind: 'lost', message: 'Who knows.' },
};

/** Drawn independently of the code: a dot is "the very same". */
const table = `
             stepped  followed  broke        taken-up     ended      failed  lost
waiting      running  running   interrupted  interrupted  succeeded  failed  unknown
running      running  .         interrupted  interrupted  succeeded  failed  unknown
interrupted  running  running   .            interrupted  succeeded  failed  unknown
succeeded    .        .         .            .            .          .       .
partial      .        .         .            .            .          .       .
failed       .        .         .            .            .          .       .
cancelled    .        .         .            .            .          .       .
unknown      .        .         .            .            .          .       .
`;
const [columns = [], ...cases] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('an action on one instance', () => {
  test('has a transition for every state and change', () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(states).sort());
    expect([...columns].sort()).toEqual([...PART_CHANGE_KINDS].sort());
  });

  for (const [name = '', ...targets] of cases) {
    for (const [index, target] of targets.entries()) {
      const kind = columns[index] as PartChange['kind'];
      test(`${name} + ${kind} → ${target === '.' ? 'as before' : target}`, () => {
        const from = states[name as PartStateName];
        const next = nextPartStatus(from, changes[kind], now);
        if (target === '.') {
          expect(next).toBe(from);
          return;
        }
        expect(next).toMatchObject({ state: target, since: new Date(now).toISOString() });
        expect(ActionPartStatus.safeParse(next).error).toBeUndefined();
      });
    }
  }

  test('gives up so long after the first interruption, however often it is interrupted', () => {
    const first = nextPartStatus(states.running, changes.broke, now);
    const again = nextPartStatus(
      first,
      { kind: 'broke', reason: 'again', givesUpAtMs: now + 9000 },
      now + 500,
    );
    expect(again).toBe(first);
  });

  test('stays over once it is over, whatever comes', () => {
    const any = fc.constantFrom(...Object.values(changes));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (sequence) => {
        let status: ActionPartStatus = states.waiting;
        for (const change of sequence) {
          const next = nextPartStatus(status, change, now);
          if (isPartOver(status)) expect(next).toBe(status);
          expect(ActionPartStatus.safeParse(next).success).toBe(true);
          status = next;
        }
      }),
    );
  });
});
