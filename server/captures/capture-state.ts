import type { CaptureState } from '../http/contract/index.ts';
import { toInstant } from '../store/index.ts';

export type CaptureStateName = CaptureState['state'];

/** What can happen to a capture. */
export type CaptureEvent =
  | { kind: 'moved-up'; ahead: number }
  | { kind: 'turn-came' }
  /** The agent waits for a thread that is in a native call. */
  | { kind: 'waits' }
  | { kind: 'records'; endsAtMs: number }
  | { kind: 'writes' }
  | { kind: 'wrote'; writtenBytes: number; expectedBytes: number | null }
  /** The artifact is announced; what came in before an interruption counts. */
  | { kind: 'announced'; receivedBytes: number; totalBytes: number }
  | { kind: 'received'; receivedBytes: number }
  | { kind: 'broke'; reason: string; givesUpAtMs: number }
  | { kind: 'stored' }
  | { kind: 'failed'; code: string; message: string }
  | { kind: 'cancelled' };

export const CAPTURE_EVENT_KINDS = [
  'moved-up',
  'turn-came',
  'waits',
  'records',
  'writes',
  'wrote',
  'announced',
  'received',
  'broke',
  'stored',
  'failed',
  'cancelled',
] as const satisfies readonly CaptureEvent['kind'][];

/** The states that the agent's progress leads through, in their order. It never leads back. */
const PROGRESS = ['starting', 'waiting', 'recording', 'writing', 'transferring'] as const;
export type ProgressState = (typeof PROGRESS)[number];

const FINAL: ReadonlySet<CaptureStateName> = new Set(['complete', 'failed', 'cancelled']);

export function isFinal(state: CaptureState): boolean {
  return FINAL.has(state.state);
}

/** The state of progress, which an interruption only covers; undefined outside of it. */
export function progressOf(state: CaptureState): ProgressState | undefined {
  const name = state.state === 'interrupted' ? state.during : state.state;
  return PROGRESS.find((progress) => progress === name);
}

/** The state after the event: the very same object when the event means nothing in this state. */
export function nextCaptureState(current: CaptureState, event: CaptureEvent, nowMs: number): CaptureState {
  if (isFinal(current)) return current;
  const since = toInstant(nowMs);
  switch (event.kind) {
    case 'moved-up':
      return current.state === 'queued' ? { ...current, ahead: event.ahead } : current;
    case 'turn-came':
      return current.state === 'queued' ? { state: 'starting', since } : current;
    case 'waits':
      return leadsTo(current, 'waiting') ? { state: 'waiting', since } : current;
    case 'records': {
      const endsAt = toInstant(event.endsAtMs);
      return leadsTo(current, 'recording') ? { state: 'recording', since, endsAt } : current;
    }
    case 'writes':
      if (!leadsTo(current, 'writing')) return current;
      return { state: 'writing', since, writtenBytes: 0, expectedBytes: null };
    case 'wrote': {
      if (current.state !== 'writing') return current;
      const { writtenBytes, expectedBytes } = event;
      const isNews = current.writtenBytes !== writtenBytes || current.expectedBytes !== expectedBytes;
      return isNews ? { ...current, writtenBytes, expectedBytes } : current;
    }
    case 'announced': {
      const { receivedBytes, totalBytes } = event;
      if (!leadsTo(current, 'transferring')) return current;
      return { state: 'transferring', since, receivedBytes, totalBytes };
    }
    case 'received':
      if (current.state !== 'transferring') return current;
      return { ...current, receivedBytes: event.receivedBytes };
    case 'broke':
      return interrupted(current, event, since);
    case 'stored':
      return progressOf(current) === 'transferring' ? { state: 'complete', since } : current;
    case 'failed':
      return { state: 'failed', since, code: event.code, message: event.message };
    case 'cancelled':
      return { state: 'cancelled', since };
  }
}

/** Forward, or out of an interruption to where it was or further. */
function leadsTo(current: CaptureState, target: ProgressState): boolean {
  const progress = progressOf(current);
  if (!progress) return false;
  const distance = PROGRESS.indexOf(target) - PROGRESS.indexOf(progress);
  return current.state === 'interrupted' ? distance >= 0 : distance > 0;
}

function interrupted(
  current: CaptureState,
  event: Extract<CaptureEvent, { kind: 'broke' }>,
  since: string,
): CaptureState {
  const during = progressOf(current);
  if (!during || current.state === 'interrupted') return current;
  return {
    state: 'interrupted',
    since,
    during,
    reason: event.reason,
    givesUpAt: toInstant(event.givesUpAtMs),
  };
}
