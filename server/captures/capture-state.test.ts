import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaptureState } from '../http/contract/index.ts';
import {
  CAPTURE_EVENT_KINDS,
  type CaptureEvent,
  type CaptureStateName,
  isFinal,
  nextCaptureState,
} from './capture-state.ts';

const before = Date.parse('2026-03-01T12:00:00Z');
const now = before + 5000;
const since = new Date(before).toISOString();

const interruptedDuring = (during: 'starting' | 'recording' | 'transferring'): CaptureState => ({
  state: 'interrupted',
  since,
  during,
  reason: 'cut',
  givesUpAt: since,
});

const states: Record<string, CaptureState> = {
  queued: { state: 'queued', since, ahead: 2 },
  starting: { state: 'starting', since },
  waiting: { state: 'waiting', since },
  recording: { state: 'recording', since, endsAt: since },
  writing: { state: 'writing', since, writtenBytes: 5, expectedBytes: null },
  transferring: { state: 'transferring', since, receivedBytes: 5, totalBytes: 10 },
  'int.starting': interruptedDuring('starting'),
  'int.recording': interruptedDuring('recording'),
  'int.transfer': interruptedDuring('transferring'),
  complete: { state: 'complete', since },
  failed: { state: 'failed', since, code: 'agent-failed', message: 'It failed.' },
  cancelled: { state: 'cancelled', since },
};

const events: Record<CaptureEvent['kind'], CaptureEvent> = {
  'moved-up': { kind: 'moved-up', ahead: 1 },
  'turn-came': { kind: 'turn-came' },
  waits: { kind: 'waits' },
  records: { kind: 'records', endsAtMs: now + 1000 },
  writes: { kind: 'writes' },
  wrote: { kind: 'wrote', writtenBytes: 7, expectedBytes: 10 },
  announced: { kind: 'announced', receivedBytes: 0, totalBytes: 10 },
  received: { kind: 'received', receivedBytes: 7 },
  broke: { kind: 'broke', reason: 'reset', givesUpAtMs: now + 1000 },
  stored: { kind: 'stored' },
  failed: { kind: 'failed', code: 'agent-failed', message: 'It failed.' },
  cancelled: { kind: 'cancelled' },
};

/** Drawn independently of the code: a dot is "as before", W waiting, R recording, T transferring, and so on. */
const table = `
               moved-up  turn-came  waits  records  writes  wrote    announced  received  broke  stored  failed  cancelled
queued         queued    starting   .      .        .       .        .          .         .      .       F       C
starting       .         .          W      R        writing .        T          .         int    .       F       C
waiting        .         .          .      R        writing .        T          .         int    .       F       C
recording      .         .          .      .        writing .        T          .         int    .       F       C
writing        .         .          .      .        .       writing  T          .         int    .       F       C
transferring   .         .          .      .        .       .        .          T         int    done    F       C
int.starting   .         .          W      R        writing .        T          .         .      .       F       C
int.recording  .         .          .      R        writing .        T          .         .      .       F       C
int.transfer   .         .          .      .        .       .        T          .         .      done    F       C
complete       .         .          .      .        .       .        .          .         .      .       .       .
failed         .         .          .      .        .       .        .          .         .      .       .       .
cancelled      .         .          .      .        .       .        .          .         .      .       .       .
`;
const short: Record<string, CaptureStateName> = {
  W: 'waiting',
  R: 'recording',
  T: 'transferring',
  int: 'interrupted',
  done: 'complete',
  F: 'failed',
  C: 'cancelled',
};

const rows = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const [columns = [], ...cases] = rows;

describe('a capture', () => {
  test('has a transition for every state and event', () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(states).sort());
    expect([...columns].sort()).toEqual([...CAPTURE_EVENT_KINDS].sort());
  });

  for (const [name = '', ...targets] of cases) {
    for (const [index, cell] of targets.entries()) {
      const kind = columns[index] as CaptureEvent['kind'];
      const target = short[cell] ?? cell;
      test(`${name} + ${kind} → ${cell === '.' ? 'as before' : target}`, () => {
        const from = states[name] as CaptureState;
        const next = nextCaptureState(from, events[kind], now);
        if (cell === '.') {
          expect(next).toBe(from);
          return;
        }
        expect(next.state).toBe(target);
        expect(CaptureState.safeParse(next).error).toBeUndefined();
      });
    }
  }

  test('remembers what was interrupted', () => {
    const next = nextCaptureState(states.recording as CaptureState, events.broke, now);
    expect(next).toMatchObject({ state: 'interrupted', during: 'recording', reason: 'reset' });
  });

  test('stays ended once it has ended, whatever comes', () => {
    const anyEvent = fc.constantFrom(...Object.values(events));
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (sequence) => {
        let state = states.queued as CaptureState;
        for (const event of sequence) {
          const next = nextCaptureState(state, event, now);
          if (isFinal(state)) expect(next).toBe(state);
          expect(CaptureState.safeParse(next).success).toBe(true);
          state = next;
        }
      }),
    );
  });
});
