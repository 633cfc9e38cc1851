import type { ThreadSession } from '../inspector/thread-session.ts';
import type { MainThreadPulse } from '../vitals/main-thread-pulse.ts';
import { within } from '../within.ts';

/** Looks from outside whether a thread answers. */
export interface ThreadProbe {
  /** For how long it is known not to answer; 0 when nothing was asked. */
  readonly silentForMs: number;
  answersWithin(limitMs: number): Promise<boolean>;
  /** How long the work kept the thread from answering, in milliseconds; not known before it answers again. */
  pauseOf(work: Promise<unknown>): Promise<number>;
}

export function mainThreadProbe(pulse: MainThreadPulse): ThreadProbe {
  return {
    get silentForMs() {
      return pulse.silentForMs;
    },
    answersWithin: (limitMs) => pulse.answersWithin(limitMs),
    pauseOf: (work) => pulse.longestSilenceDuring(work),
  };
}

/**
 * A worker thread of the service has no line to the agent, so it is asked through the inspector whether its event
 * loop turns. The pause is then the time until the loop has turned after the work: an upper bound.
 */
export function workerThreadProbe(session: ThreadSession): ThreadProbe {
  const turn = () =>
    session.post('Runtime.evaluate', {
      // In a microtask: the thread may be in the middle of Node's own list of immediates just now.
      expression: 'Promise.resolve().then(() => new Promise((resolve) => setImmediate(resolve)))',
      awaitPromise: true,
      silent: true,
    });
  return {
    silentForMs: 0,
    async answersWithin(limitMs) {
      return (await within(limitMs, turn())) !== undefined;
    },
    pauseOf(work) {
      const startedMs = performance.now();
      const pause = work.then(turn).then(() => performance.now() - startedMs);
      // Who waits for the work hears of its failure there.
      pause.catch(() => {});
      return pause;
    },
  };
}
