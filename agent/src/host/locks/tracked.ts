import type { Registration } from '../registration.ts';

export interface TrackedLockOptions {
  /** Unique among the resources of the process: 1 to 128 characters. */
  id: string;
  /** What people call it; up to 128 characters. */
  name: string;
  /** One sentence on what it is. */
  description?: string | undefined;
}

export interface TrackedPoolOptions extends TrackedLockOptions {
  /** How many may have one at once. */
  capacity: number;
}

/** A lock or a pool whose turns the service tells. Nothing here throws. */
export interface TrackedLock extends Registration {
  /**
   * To be called right before it is asked for.
   *
   * @param calledThrough the service's own function around the lock, when there is one: its callers are shown, not itself.
   * It must be among those that are being called, as in `Error.captureStackTrace`
   */
  waiting(calledThrough?: (...given: never[]) => unknown): Turn;
}

/**
 * One time that it is asked for. Each call counts once, and one that does not fit is passed over, so that `released()`
 * can stand in a `finally`; `using` calls it too.
 */
export interface Turn {
  /** It has come. */
  acquired(): void;
  /** It is given back; before `acquired()`: no longer wanted, because of a time-out, say. */
  released(): void;
  [Symbol.dispose](): void;
}

/** A queue whose producers wait until what they put in has left. Nothing here throws. */
export interface TrackedQueue extends Registration {
  /** To be called when something is put in. */
  enqueued(): QueueEntry;
}

export interface QueueEntry {
  /** It has left the queue: it is handled, sent or dropped. */
  dequeued(): void;
  [Symbol.dispose](): void;
}
