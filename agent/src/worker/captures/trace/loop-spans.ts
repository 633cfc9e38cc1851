import type { WaitRow } from '../../../in-thread/trace/loop-waits.ts';

/** When something began and ended, in microseconds. */
export interface Phase {
  beganMicros: number;
  endedMicros: number;
}

export interface LoopSpan extends Phase {
  state: 'executing' | 'waiting';
  /** While executing: waited in pieces that are too short to be shown. */
  smallMicros: number;
}

/**
 * When a thread's event loop executed and when it waited, from begin to end of its recording. A turn is known to have
 * waited for so long. libuv runs timers before it waits and handles what came from outside after it: so the wait stands
 * at the begin of its turn when something came, and at its end when nothing did.
 */
export function toLoopSpans({ beganMicros, endedMicros }: Phase, rows: readonly WaitRow[]): LoopSpan[] {
  const spans: LoopSpan[] = [];
  let at = beganMicros;
  for (const [turnBegan, turnEnded, waited, smallMicros, cameFromOutside] of rows) {
    const from = Math.max(at, cameFromOutside ? turnBegan : turnEnded - waited);
    const until = Math.min(from + waited, turnEnded);
    if (from > at) spans.push({ state: 'executing', beganMicros: at, endedMicros: from, smallMicros });
    if (until > from) spans.push({ state: 'waiting', beganMicros: from, endedMicros: until, smallMicros: 0 });
    at = Math.max(at, until);
  }
  if (endedMicros > at) {
    spans.push({ state: 'executing', beganMicros: at, endedMicros, smallMicros: 0 });
  }
  return spans;
}
