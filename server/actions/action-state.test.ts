import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ActionStatus } from '../http/contract/index.ts';
import {
  ACTION_CHANGE_KINDS,
  type ActionChange,
  type ActionStateName,
  isActionOver,
  nextActionStatus,
} from './action-state.ts';

const before = Date.parse('2026-03-01T12:00:00Z');
const now = before + 5000;
const since = new Date(before).toISOString();

const states: Record<ActionStateName, ActionStatus> = {
  starting: { state: 'starting', since },
  running: { state: 'running', since },
  asking: { state: 'asking', since, question: 'Go on?' },
  cancelling: { state: 'cancelling', since },
  succeeded: { state: 'succeeded', since, message: 'Done.' },
  partial: { state: 'partial', since, message: 'Half done.' },
  failed: { state: 'failed', since, message: 'No.' },
  cancelled: { state: 'cancelled', since, message: 'Taken back.' },
  unknown: { state: 'unknown', since, message: 'Who knows.' },
};

const changes: Record<ActionChange['kind'], ActionChange> = {
  began: { kind: 'began' },
  overdue: { kind: 'overdue', question: 'Go on?' },
  extended: { kind: 'extended' },
  'cancel-asked': { kind: 'cancel-asked' },
  ended: { kind: 'ended', state: 'partial', message: 'Half done.' },
};

/** Drawn independently of the code: a dot is "the very same". */
const table = `
            began    overdue  extended  cancel-asked  ended
starting    running  asking   .         cancelling    partial
running     .        asking   .         cancelling    partial
asking      .        .        running   cancelling    partial
cancelling  .        .        .         .             partial
succeeded   .        .        .         .             .
partial     .        .        .         .             .
failed      .        .        .         .             .
cancelled   .        .        .         .             .
unknown     .        .        .         .             .
`;
const [columns = [], ...cases] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('an action', () => {
  test('has a transition for every state and change', () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(states).sort());
    expect([...columns].sort()).toEqual([...ACTION_CHANGE_KINDS].sort());
  });

  for (const [name = '', ...targets] of cases) {
    for (const [index, target] of targets.entries()) {
      const kind = columns[index] as ActionChange['kind'];
      test(`${name} + ${kind} → ${target === '.' ? 'as before' : target}`, () => {
        const from = states[name as ActionStateName];
        const next = nextActionStatus(from, changes[kind], now);
        if (target === '.') {
          expect(next).toBe(from);
          return;
        }
        expect(next).toMatchObject({ state: target, since: new Date(now).toISOString() });
        expect(ActionStatus.safeParse(next).error).toBeUndefined();
      });
    }
  }

  test('ends only by its end: no deadline and no wish to cancel ends it', () => {
    const any = fc.constantFrom(...Object.values(changes).filter(({ kind }) => kind !== 'ended'));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (sequence) => {
        const status = sequence.reduce<ActionStatus>(
          (current, change) => nextActionStatus(current, change, now),
          states.starting,
        );
        expect(isActionOver(status)).toBe(false);
      }),
    );
  });
});
