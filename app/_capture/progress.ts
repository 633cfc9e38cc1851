import type { Capture, CaptureState } from '#contract';

export type CaptureStateName = CaptureState['state'];

const FINAL: ReadonlySet<CaptureStateName> = new Set(['complete', 'failed', 'cancelled']);

export function isRunning(capture: Pick<Capture, 'status'>): boolean {
  return !FINAL.has(capture.status.state);
}

/** The steps that are shown; `waiting` belongs to the start and `interrupted` stands where it was interrupted. */
export const STEPS = ['queued', 'starting', 'recording', 'writing', 'transferring', 'complete'] as const;
export type Step = (typeof STEPS)[number];

export function stepOf(status: CaptureState): Step | null {
  switch (status.state) {
    case 'waiting':
      return 'starting';
    case 'interrupted':
      return status.during === 'waiting' ? 'starting' : status.during;
    case 'failed':
    case 'cancelled':
      return null;
    default:
      return status.state;
  }
}

export interface Progress {
  /** From 0 to 1 within the present step; null where nothing tells how far it is. */
  fraction: number | null;
  /** Until recording ends, or until the server gives up on an interrupted one; null where unknown. */
  remainingMs: number | null;
}

const UNKNOWN: Progress = { fraction: null, remainingMs: null };

export function progressOf(capture: Pick<Capture, 'status' | 'durationSeconds'>, nowMs: number): Progress {
  const { status, durationSeconds } = capture;
  switch (status.state) {
    case 'recording': {
      const remainingMs = Math.max(0, Date.parse(status.endsAt) - nowMs);
      return { remainingMs, fraction: Math.min(1, Math.max(0, 1 - remainingMs / (durationSeconds * 1000))) };
    }
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

/** What can still be asked of it: an early end makes sense only once there is something to keep. */
export function endingsOf(capture: Pick<Capture, 'status' | 'ending'>): { stop: boolean; cancel: boolean } {
  if (!isRunning(capture) || capture.ending === 'cancel') return { stop: false, cancel: false };
  const state = capture.status.state === 'interrupted' ? capture.status.during : capture.status.state;
  return { stop: state === 'recording' && capture.ending === null, cancel: true };
}
