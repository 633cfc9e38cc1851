import { describe, expect, it } from 'vitest';
import { type CaptureEvent, type CaptureState, isRunning, nextCaptureState } from './capture-state.ts';

const artifact = { path: '/nowhere', sizeBytes: 1, sha256: new Uint8Array(32) };
const states: CaptureState[] = [
  { state: 'waiting' },
  { state: 'recording', sinceMs: 100 },
  { state: 'writing', elapsedMs: 50, endedBy: 'duration', endedReason: '' },
  {
    state: 'held',
    artifact,
    recordedMs: 50,
    endedBy: 'duration',
    endedReason: '',
    remarks: [],
    redacted: undefined,
  },
  { state: 'failed', code: 'disk-full', message: 'full' },
];
const events: CaptureEvent[] = [
  { type: 'began', atMs: 100 },
  { type: 'ending', atMs: 150, endedBy: 'stopped', endedReason: '' },
  { type: 'written', artifact, recordedMs: 49, remarks: ['one in ten'], redacted: true },
  { type: 'failed', code: 'thread-ended', message: 'ended' },
];
/** Everything that is not named here changes nothing. */
const changes: Record<string, CaptureState['state']> = {
  'waiting began': 'recording',
  'waiting failed': 'failed',
  'recording ending': 'writing',
  'recording failed': 'failed',
  'writing written': 'held',
  'writing failed': 'failed',
  'held failed': 'failed',
};
const table = states.flatMap((state) =>
  events.map((event) => ({
    from: state.state,
    on: event.type,
    to: changes[`${state.state} ${event.type}`] ?? 'nothing else',
    state,
    event,
  })),
);

describe('the state of a capture', () => {
  it.each(table)('$from, on $on, becomes $to', ({ from, on, state, event }) => {
    expect(nextCaptureState(state, event)?.state).toBe(changes[`${from} ${on}`]);
  });

  it('carries what it needs along', () => {
    const writing = nextCaptureState(
      { state: 'recording', sinceMs: 100 },
      { type: 'ending', atMs: 150, endedBy: 'limit', endedReason: 'Full.' },
    );
    expect(writing).toEqual({ state: 'writing', elapsedMs: 50, endedBy: 'limit', endedReason: 'Full.' });
    const written: CaptureEvent = {
      type: 'written',
      artifact,
      recordedMs: 49,
      remarks: ['one in ten'],
      redacted: true,
    };
    expect(writing && nextCaptureState(writing, written)).toEqual({
      state: 'held',
      artifact,
      recordedMs: 49,
      endedBy: 'limit',
      endedReason: 'Full.',
      remarks: ['one in ten'],
      redacted: true,
    });
  });

  it('is running until the artifact is there or it has failed', () => {
    expect(states.filter(isRunning).map(({ state }) => state)).toEqual(['waiting', 'recording', 'writing']);
  });
});
