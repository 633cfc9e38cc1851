import {
  endActivity,
  forgetActivity,
  readActivity,
  renewActivity,
  startActivity,
} from './activity/activity-tools.ts';
import { readStack } from './activity/current-stack.ts';
import { forkSnapshot } from './fork-snapshot.ts';
import { findLocks, finishLocks, renewLocks, startLocks } from './locks/lock-tools.ts';
import { lockWatch } from './locks/lock-watch.ts';
import { readBytecodeBytes, readMemory } from './memory.ts';
import { forgetPauses, readPauses, watchPauses } from './pauses.ts';
import { switchAllOff } from './switchboard.ts';
import { finishTrace, readTrace, startTrace } from './trace/trace-tools.ts';
import { drainWaits, endWaits, forgetWaits, startWaits } from './wait/wait-tools.ts';

/** Everything that can be asked of a thread: each takes and gives plain data, at once. */
export const threadTools = {
  readMemory,
  readBytecodeBytes,
  watchPauses,
  readPauses,
  forgetPauses,
  switchAllOff,
  findLocks,
  startLocks,
  renewLocks,
  finishLocks,
  startTrace,
  readTrace,
  finishTrace,
  forkSnapshot,
  /** For the host alone, which registers locks with whichever copy of this package records here. */
  findLockWatch: () => lockWatch,
  readStack,
  startActivity,
  renewActivity,
  endActivity,
  readActivity,
  forgetActivity,
  startWaits,
  drainWaits,
  endWaits,
  forgetWaits,
};

export type ThreadTools = typeof threadTools;
