import { describe, expect, it } from 'vitest';
import type { Capture, CaptureState } from '#contract';
import { type CaptureStateName, endingsOf, isRunning, progressOf, stepOf, stepsOf } from './progress.ts';

const NOW = Date.UTC(2026, 2, 5, 12);
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const since = at(-1);

const STATES: Record<CaptureStateName, CaptureState> = {
  queued: { state: 'queued', since, ahead: 2 },
  starting: { state: 'starting', since },
  waiting: { state: 'waiting', since },
  recording: { state: 'recording', since, endsAt: at(5) },
  writing: { state: 'writing', since, writtenBytes: 30, expectedBytes: null },
  transferring: { state: 'transferring', since, receivedBytes: 25, totalBytes: 100 },
  interrupted: { state: 'interrupted', since, during: 'recording', reason: 'gone', givesUpAt: at(20) },
  complete: { state: 'complete', since },
  failed: { state: 'failed', since, code: 'x', message: 'y' },
  cancelled: { state: 'cancelled', since },
};

const capture = (status: CaptureState, ending: Capture['ending'] = null) => ({
  kind: 'cpu' as const,
  status,
  durationSeconds: 20,
  ending,
});
const snapshot = (status: CaptureState) => ({
  ...capture(status),
  kind: 'heapsnapshot' as const,
  durationSeconds: 0,
});
const names = Object.keys(STATES) as CaptureStateName[];

describe('the progress of a capture', () => {
  it('is over in the three final states alone', () => {
    expect(names.filter((name) => !isRunning({ status: STATES[name] }))).toEqual([
      'complete',
      'failed',
      'cancelled',
    ]);
  });

  it.each(names)('has a step unless it came to nothing: %s', (name) => {
    expect(stepOf(capture(STATES[name])) === null).toBe(name === 'failed' || name === 'cancelled');
  });

  it('counts recording by the time that is left of what was asked for', () => {
    expect(progressOf(capture(STATES.recording), NOW)).toEqual({ fraction: 0.75, remainingMs: 5000 });
  });

  it('never leaves 0 to 1, whatever the clocks say', () => {
    expect(progressOf(capture(STATES.recording), NOW + 60_000)).toEqual({ fraction: 1, remainingMs: 0 });
    expect(progressOf(capture(STATES.recording), NOW - 600_000).fraction).toBe(0);
    const overfull: CaptureState = { state: 'transferring', since, receivedBytes: 5, totalBytes: 4 };
    expect(progressOf(capture(overfull), NOW).fraction).toBe(1);
    const empty: CaptureState = { state: 'transferring', since, receivedBytes: 0, totalBytes: 0 };
    expect(progressOf(capture(empty), NOW).fraction).toBeNull();
  });

  it('claims nothing where nothing tells how far it is', () => {
    for (const name of ['queued', 'starting', 'waiting', 'writing'] as const)
      expect(progressOf(capture(STATES[name]), NOW)).toEqual({ fraction: null, remainingMs: null });
  });

  it('counts writing by the bytes, and guesses the rest once enough is written', () => {
    const written = (writtenBytes: number, seconds: number, expectedBytes: number | null = 100) =>
      progressOf(capture({ state: 'writing', since: at(-seconds), writtenBytes, expectedBytes }), NOW);
    expect(written(25, 10)).toEqual({ fraction: 0.25, remainingMs: 30_000 });
    expect(written(2, 10)).toEqual({ fraction: 0.02, remainingMs: null });
    expect(written(25, 1)).toEqual({ fraction: 0.25, remainingMs: null });
    expect(written(25, 10, null)).toEqual({ fraction: null, remainingMs: null });
  });

  it('of a kind that looks once knows no recording, and nothing to keep before its end', () => {
    expect(stepsOf('heapsnapshot')).not.toContain('recording');
    for (const name of names) {
      const step = stepOf(snapshot(STATES[name]));
      expect(step === null || stepsOf('heapsnapshot').includes(step)).toBe(true);
      expect(endingsOf(snapshot(STATES[name])).stop).toBe(false);
    }
    expect(progressOf(snapshot(STATES.recording), NOW)).toEqual({ fraction: null, remainingMs: null });
    expect(endingsOf(snapshot(STATES.writing)).cancel).toBe(true);
  });

  it('says how long an interruption is waited for', () => {
    expect(progressOf(capture(STATES.interrupted), NOW)).toEqual({ fraction: null, remainingMs: 20_000 });
  });

  it('can be stopped while there is something to keep, and cancelled until its end', () => {
    const stoppable = names.filter((name) => endingsOf(capture(STATES[name])).stop);
    const cancellable = names.filter((name) => endingsOf(capture(STATES[name])).cancel);
    expect(stoppable).toEqual(['recording', 'interrupted']);
    expect(cancellable).toEqual(names.filter((name) => isRunning({ status: STATES[name] })));
  });

  it('can still be cancelled while it stops, and no more once it is being cancelled', () => {
    expect(endingsOf(capture(STATES.recording, 'stop'))).toEqual({ stop: false, cancel: true });
    expect(endingsOf(capture(STATES.recording, 'cancel'))).toEqual({ stop: false, cancel: false });
  });
});
