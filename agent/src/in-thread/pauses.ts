import { monitorEventLoopDelay } from 'node:perf_hooks';
import { renew, switchOff, switchOn } from './switchboard.ts';

const resolutionMs = 20;

const watches = new Map<string, ReturnType<typeof monitorEventLoopDelay>>();

/** What the thread's own event loop says of its pauses since it is watched. */
export interface PauseReading {
  longestMs: number;
  /** The same as in the reading before when the loop has not turned: the pause goes on. */
  turns: number;
}

/** Has this thread's event loop watched by a timer of Node's own. The key is the watcher's: each has numbers of its own. */
export function watchPauses(key: string): void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  switchOn(switchName(key), () => {
    watches.delete(key);
    delay.disable();
  });
  watches.set(key, delay);
}

/** Null when it is not watched, or no longer. */
export function readPauses(key: string): PauseReading | null {
  const delay = watches.get(key);
  if (!delay || !renew(switchName(key))) return null;
  const turns = delay.count;
  // Never reset: that would forget the pause in the middle of which it is read.
  return { longestMs: turns === 0 ? 0 : Math.max(0, delay.max / 1e6 - resolutionMs), turns };
}

export function forgetPauses(key: string): void {
  switchOff(switchName(key));
}

function switchName(key: string): string {
  return `pauses of ${key}`;
}
