import { describe, expect, it } from 'vitest';
import type { RunEvent } from './run-contract.ts';
import { RunLog } from './run-log.ts';

const step = (message: string): RunEvent => ({ kind: 'step', phase: 'closing', message });
const outcome = (targetId: string, how: 'done' | 'failed' = 'done'): RunEvent => ({
  kind: 'outcome',
  targetId,
  outcome: how,
  message: '',
});
const waiting = (): RunEvent => ({ kind: 'waiting', targets: [], remainingMs: undefined });
const end: RunEvent = {
  kind: 'end',
  state: 'succeeded',
  message: '',
  playersAffected: 0,
  playersDisconnected: 0,
  checks: [],
};

function logOf(...events: RunEvent[]): RunLog {
  const log = new RunLog();
  for (const event of events) log.note(event, 0);
  return log;
}

const kinds = (log: RunLog, after = 0) => log.entriesAfter(after).map(({ event }) => event.kind);

describe('the log of a run', () => {
  it('keeps the order and counts from one', () => {
    const log = logOf(step('a'), outcome('x'), step('b'), end);
    expect(kinds(log)).toEqual(['step', 'outcome', 'step', 'end']);
    expect(log.entriesAfter(0).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(kinds(log, 2)).toEqual(['step', 'end']);
    expect(kinds(log, 4)).toEqual([]);
  });

  it('keeps what replaces and not what was replaced', () => {
    const log = logOf(waiting(), outcome('x', 'failed'), waiting(), outcome('x'));
    expect(log.entriesAfter(0)).toMatchObject([
      { sequence: 3, event: { kind: 'waiting' } },
      { sequence: 4, event: { kind: 'outcome', outcome: 'done' } },
    ]);
    expect(log.hasFailures).toBe(false);
  });

  it('waits for nothing after its end, and takes nothing more', () => {
    const log = logOf(waiting(), end, step('late'));
    expect(kinds(log)).toEqual(['end']);
    expect(log.lastSequence).toBe(2);
  });

  it('is bounded: 200 steps with the newest among them, and 1000 targets', () => {
    const log = logOf(
      ...Array.from({ length: 5_000 }, (_, number) => step(`${number}`)),
      ...Array.from({ length: 5_000 }, (_, number) => outcome(`${number}`)),
      end,
    );
    const entries = log.entriesAfter(0);
    const steps = entries.filter(({ event }) => event.kind === 'step');
    expect(steps).toHaveLength(200);
    expect(steps[0]?.event).toMatchObject({ message: '0' });
    expect(steps.at(-1)?.event).toMatchObject({ message: '4999' });
    expect(entries).toHaveLength(200 + 1_000 + 1);
    expect(entries.at(-1)?.event).toEqual(end);
  });

  it('does not forget a failure that it has no room for', () => {
    const log = logOf(...Array.from({ length: 1_000 }, (_, number) => outcome(`${number}`)));
    expect(log.hasFailures).toBe(false);
    log.note(outcome('one more', 'failed'), 0);
    expect(log.hasFailures).toBe(true);
  });

  it('that copies another from any point on is the same', () => {
    const log = logOf(step('a'), waiting(), outcome('x'));
    const copy = new RunLog();
    for (const entry of log.entriesAfter(0)) copy.take(entry);
    for (const event of [waiting(), outcome('x', 'failed'), end]) log.note(event, 1);
    // What came already may come again, as after the agent's thread was started anew.
    for (const entry of log.entriesAfter(0)) copy.take(entry);
    expect(copy.entriesAfter(0)).toEqual(log.entriesAfter(0));
  });
});
