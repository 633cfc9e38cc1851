import type { Action } from './actions/action.ts';
import type { AgentState } from './agent-state.ts';
import type { TrackedLock, TrackedLockOptions, TrackedPoolOptions, TrackedQueue } from './locks/tracked.ts';
import type { Registration, Subscription } from './registration.ts';
import type { Resource } from './resources/resource.ts';

/** The running agent, as the service holds it. Nothing here throws. */
export interface AgentHandle {
  /** Also published on `diagnostics_channel` "opscenter:agent" at every change, as `{ state }`. */
  readonly state: AgentState;
  /** Calls back at every change of state. What the listener throws is dropped. */
  onStateChange(listener: (state: AgentState) => void): Subscription;
  /** Shows something inside the service in the console. */
  registerResource(resource: Resource): Registration;
  /** Allows an action to be run from the console. */
  registerAction(action: Action): Registration;
  /** Shows a lock in the console, and who waits for whom in its captures. */
  trackLock(lock: TrackedLockOptions): TrackedLock;
  /** The same for what several may have at once. */
  trackPool(pool: TrackedPoolOptions): TrackedLock;
  /** Shows a queue in the console, and how long its producers wait in captures of kind `wait`. */
  trackQueue(queue: TrackedLockOptions): TrackedQueue;
  /**
   * Has async-mutex, generic-pool or pg followed in captures where the agent cannot find it: bundled, or async-mutex
   * as an ES module.
   *
   * @param library what its module exports: `import * as asyncMutex from 'async-mutex'`
   */
  followLocks(library: object): Registration;
  /** Deregisters, lets go of the main thread and ends the agent's thread, within 4 s. */
  stop(): Promise<void>;
}
