import { describe, expect, test } from 'vitest';
import { Connection } from '../http/contract/index.ts';
import { CONNECTION_EVENT_KINDS, type ConnectionEvent, newConnection, nextConnection } from './connection.ts';

const before = Date.parse('2026-03-01T12:00:00Z');
const now = before + 5000;

const states: Record<Connection['state'], Connection> = {
  connecting: newConnection(before),
  connected: { state: 'connected', since: new Date(before).toISOString() },
  interrupted: { state: 'interrupted', since: new Date(before).toISOString(), reason: 'cut' },
  refused: { state: 'refused', since: new Date(before).toISOString(), reason: 'token' },
  dead: {
    state: 'dead',
    since: new Date(before).toISOString(),
    evidence: 'connection-refused',
    reason: 'away',
  },
  stopped: { state: 'stopped', since: new Date(before).toISOString(), reason: 'SIGTERM' },
};

const events: Record<ConnectionEvent['kind'], ConnectionEvent> = {
  announced: { kind: 'announced' },
  answered: { kind: 'answered' },
  broke: { kind: 'broke', reason: 'reset' },
  'fell-silent': { kind: 'fell-silent', reason: 'no beat' },
  denied: { kind: 'denied', reason: 'wrong token' },
  gone: { kind: 'gone', evidence: 'connection-refused', reason: 'refused' },
  left: { kind: 'left', reason: 'goodbye' },
};

/** Drawn independently of the code: rows are states, columns are events, a dot is "as before". */
const table = `
              announced   answered   broke        fell-silent  denied   gone  left
connecting    .           connected  .            .            refused  dead  stopped
connected     .           .          interrupted  interrupted  refused  dead  stopped
interrupted   .           connected  .            .            refused  dead  stopped
refused       connecting  connected  .            .            .        dead  stopped
dead          connecting  connected  .            .            refused  .     stopped
stopped       connecting  .          .            .            .        .     .
`;

const rows = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const [columns = [], ...cases] = rows;

describe('the connection to an instance', () => {
  test('has a transition for every state and event', () => {
    expect(cases.map(([state]) => state).sort()).toEqual(Object.keys(states).sort());
    expect([...columns].sort()).toEqual([...CONNECTION_EVENT_KINDS].sort());
  });

  for (const [state, ...targets] of cases) {
    for (const [index, target] of targets.entries()) {
      const kind = columns[index] as ConnectionEvent['kind'];
      const from = states[state as Connection['state']];
      test(`${state} + ${kind} → ${target === '.' ? 'as before' : target}`, () => {
        const next = nextConnection(from, events[kind], now);
        if (target === '.') {
          expect(next).toBe(from);
          return;
        }
        expect(next).toMatchObject({ state: target, since: new Date(now).toISOString() });
        expect(Connection.parse(next)).toEqual(next);
      });
    }
  }

  test('of one that was dead by its silence learns that its process is gone, and since when it was dead stays', () => {
    const { since } = states.dead;
    const silent: Connection = { state: 'dead', since, evidence: 'silent', reason: 'quiet' };
    const gone = nextConnection(silent, events.gone, now);
    expect(gone).toEqual({ state: 'dead', since, evidence: 'connection-refused', reason: 'refused' });
    const quiet = { kind: 'gone', evidence: 'silent', reason: 'no answer' } as const;
    expect(nextConnection(gone, quiet, now)).toBe(gone);
    expect(nextConnection(silent, quiet, now)).toBe(silent);
  });

  test('keeps the evidence of a death', () => {
    expect(nextConnection(states.connected, events.gone, now)).toMatchObject({
      evidence: 'connection-refused',
      reason: 'refused',
    });
  });
});
