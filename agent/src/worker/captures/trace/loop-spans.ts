import type { WaitRow } from '../../../in-thread/trace/loop-waits.ts';

/** When a phase of a loop began and ended, in microseconds. */
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
 * When a thread's event loop executed and when it waited, from begin to end of its recording. A turn is known to have waited for
 * so long, and libuv runs the timers before it waits, and what came from outside after it: so the wait begins when the
 * turn's timers have run.
 *
 * @param timers of the same thread, in order of time
 */
export function toLoopSpans(
  { beganMicros, endedMicros }: Phase,
  rows: readonly WaitRow[],
  timers: readonly Phase[],
): LoopSpan[] {
  const spans: LoopSpan[] = [];
  let at = beganMicros;
  let next = 0;
  for (const [turnBegan, turnEnded, waited, smallMicros] of rows) {
    let from = turnBegan;
    for (; next < timers.length; next += 1) {
      const timer = timers[next] as Phase;
      if (timer.beganMicros >= turnEnded) break;
      if (timer.beganMicros >= turnBegan && timer.endedMicros <= turnEnded) from = timer.endedMicros;
    }
    from = Math.max(at, Math.min(from, turnEnded - waited));
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
