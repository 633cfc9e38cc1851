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
  return load(addonPath).forkSnapshot(ticket, (path) => void writeHeapSnapshot(path));
}

/** Without `require`, which would look for the file through buffers that the service may be reading just now. */
function load(addonPath: string): ForkingAddon {
  let addon = addons.get(addonPath);
  if (addon === undefined) {
    const module = { exports: {} };
    process.dlopen(module, addonPath);
    addon = module.exports as ForkingAddon;
    addons.set(addonPath, addon);
  }
  return addon;
}

const addons = new Map<string, ForkingAddon>();
