import { createRequire } from 'node:module';
import { writeHeapSnapshot } from 'node:v8';

/** A child of the process that writes the snapshot of the heap of the thread that forked it. */
export interface ForkedSnapshot {
  pid: number;
  /** For how long the thread stood still, by its own clock. */
  pauseMicros: number;
}

interface ForkingAddon {
  forkSnapshot(ticket: number, write: (path: string) => void): ForkedSnapshot;
}

/**
 * Forks. What is below the call of the addon in this thread goes on in the service alone: in the child the addon calls the
 * function and ends the process.
 *
 * @param ticket as the agent's thread has got it from the addon
 * @throws when it is not wanted any more, or the system has no room for a child
 */
export function forkSnapshot(addonPath: string, ticket: number): ForkedSnapshot {
  const addon = createRequire(addonPath)(addonPath) as ForkingAddon;
  return addon.forkSnapshot(ticket, (path) => void writeHeapSnapshot(path));
}
