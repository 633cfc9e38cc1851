import { renew, switchOff, switchOn } from '../switchboard.ts';
import type { LibraryFinding } from './libraries/library-bench.ts';
import type { LockTable } from './lock-recorder.ts';
import { lockWatch } from './lock-watch.ts';

/** What there is to record in a thread. */
export interface LockSubjects {
  /** Names of registered locks and pools. */
  registered: string[];
  libraries: LibraryFinding[];
}

let finished: LockTable | undefined;

export function findLocks(): LockSubjects {
  return { registered: lockWatch.registered, libraries: lockWatch.libraries.find() };
}

export function startLocks(): LockSubjects {
  switchOn('lock', () => {
    finished = lockWatch.end();
  });
  finished = undefined;
  const libraries = lockWatch.begin();
  return { registered: lockWatch.registered, libraries };
}

/** Says that it is still wanted. @returns part of the thread's time that it takes, or -1 when it has been switched off */
export function renewLocks(): number {
  return renew('lock') ? (lockWatch.recorder?.threadShare ?? 0) : -1;
}

/** Ends the recording. What was recorded is kept also when it has been switched off before. */
export function finishLocks(): LockTable | null {
  switchOff('lock');
  const table = finished ?? null;
  finished = undefined;
  return table;
}
