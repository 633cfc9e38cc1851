import type { Capture, CaptureKind, CaptureState } from '#contract';
import { looksOnce } from './kinds.ts';

export type CaptureStateName = CaptureState['state'];

const FINAL: ReadonlySet<CaptureStateName> = new Set(['complete', 'failed', 'cancelled']);

export function isRunning(capture: Pick<Capture, 'status'>): boolean {
  return !FINAL.has(capture.status.state);
}

/** The steps that are shown; `waiting` belongs to the start and `interrupted` stands where it was interrupted. */
export const STEPS = ['queued', 'starting', 'recording', 'writing', 'transferring', 'complete'] as const;
export type Step = (typeof STEPS)[number];

/** The steps of a kind: what looks once records nothing over time. */
export function stepsOf(kind: CaptureKind): readonly Step[] {
  return looksOnce(kind) ? STEPS.filter((step) => step !== 'recording') : STEPS;
}

export function stepOf({ status, kind }: Pick<Capture, 'status' | 'kind'>): Step | null {
  if (status.state === 'failed' || status.state === 'cancelled') return null;
  const state = status.state === 'interrupted' ? status.during : status.state;
  if (state === 'waiting') return 'starting';
  return state === 'recording' && looksOnce(kind) ? 'writing' : state;
}

export interface Progress {
  /** From 0 to 1 within the present step; null where nothing tells how far it is. */
  fraction: number | null;
  /** Until recording or writing ends, or until the server gives up on an interrupted one; null where unknown. */
  remainingMs: number | null;
}

/** What is written in the first moment says little of what is to come. */
const ENOUGH_TO_GUESS = { fraction: 0.05, elapsedMs: 2000 };

const UNKNOWN: Progress = { fraction: null, remainingMs: null };

export function progressOf(capture: Pick<Capture, 'status' | 'durationSeconds'>, nowMs: number): Progress {
  const { status, durationSeconds } = capture;
  switch (status.state) {
    case 'recording': {
      if (durationSeconds === 0) return UNKNOWN;
      const remainingMs = Math.max(0, Date.parse(status.endsAt) - nowMs);
      return { remainingMs, fraction: Math.min(1, Math.max(0, 1 - remainingMs / (durationSeconds * 1000))) };
    }
    case 'writing':
      return writingProgress(status, nowMs);
    case 'transferring':
      return {
        remainingMs: null,
        fraction: status.totalBytes > 0 ? Math.min(1, status.receivedBytes / status.totalBytes) : null,
      };
    case 'interrupted':
      return { fraction: null, remainingMs: Math.max(0, Date.parse(status.givesUpAt) - nowMs) };
    case 'complete':
      return { fraction: 1, remainingMs: null };
    default:
      return UNKNOWN;
  }
}

function writingProgress(
  { since, writtenBytes, expectedBytes }: Extract<CaptureState, { state: 'writing' }>,
  nowMs: number,
): Progress {
  if (!expectedBytes) return UNKNOWN;
  const fraction = Math.min(1, writtenBytes / expectedBytes);
  const elapsedMs = nowMs - Date.parse(since);
  const isEarly = fraction < ENOUGH_TO_GUESS.fraction || elapsedMs < ENOUGH_TO_GUESS.elapsedMs;
  return { fraction, remainingMs: isEarly ? null : (elapsedMs / fraction) * (1 - fraction) };
}

/** What can still be asked of it: an early end makes sense only once there is something to keep. */
export function endingsOf(capture: Pick<Capture, 'status' | 'ending' | 'kind'>): {
  stop: boolean;
  cancel: boolean;
} {
  if (!isRunning(capture) || capture.ending === 'cancel') return { stop: false, cancel: false };
  const state = capture.status.state === 'interrupted' ? capture.status.during : capture.status.state;
  const hasSomething = state === 'recording' && !looksOnce(capture.kind);
  return { stop: hasSomething && capture.ending === null, cancel: true };
}
