/** Since 1970. */
export type EpochMs = number;
export type DurationMs = number;

/**
 * What a process was waiting for and doing at one moment: the artifact of an `activity` capture
 * (`application/vnd.opscenter.activity+json`).
 */
export interface Activity {
  readonly version: 1;
  readonly takenAtMs: EpochMs;
  /** How long new operations were watched before: those begun earlier have no stack. */
  readonly watchedMs: DurationMs;
  /** The thread whose operations and handles these are: "main" or "worker-3". */
  readonly threadId: string;
  /** Every thread of the service, the agent's own left out. */
  readonly threads: readonly ThreadActivity[];
  /** What is pending, most numerous first. */
  readonly operations: readonly PendingOperations[];
  /** What keeps the thread's event loop alive, or could. */
  readonly handles: readonly ActiveHandles[];
  /** What a reader has to know, in sentences. */
  readonly remarks: readonly string[];
}

export const THREAD_STATES = ['executing', 'idle', 'stuck', 'unknown'] as const;
/**
 * executing: JavaScript in most samples · idle: waiting for events · stuck: executing, and its event loop did not turn ·
 * unknown: it could not be asked, being in a native call or gone.
 */
export type ThreadState = (typeof THREAD_STATES)[number];

export interface ThreadActivity {
  readonly id: string;
  readonly name: string;
  readonly state: ThreadState;
  /** Of how many samples, taken during some 50 ms. */
  readonly samples: number;
  /** The stacks seen, most frequent first; none of an idle thread. */
  readonly stacks: readonly SampledStack[];
}

export interface SampledStack {
  readonly samples: number;
  /** Leaf first. */
  readonly frames: readonly ActivityFrame[];
}

export interface ActivityFrame {
  /** Empty for an anonymous function. */
  readonly name: string;
  /** Empty for native code. */
  readonly url: string;
  /** Lines and columns count from 1; 0 is not known. */
  readonly line: number;
  readonly column: number;
}

/** Operations alike: begun in the same place, for the same thing. */
export interface PendingOperations {
  /** What they wait for: network, dns, file, timer, lock, queue, worker, process, promise or other. */
  readonly type: string;
  /** What the runtime calls them: "FSREQCALLBACK". */
  readonly resource: string;
  /** Where they were begun, leaf first; null when that was before the capture. */
  readonly stack: readonly ActivityFrame[] | null;
  readonly count: number;
  /** Null when they were begun before the capture. */
  readonly oldestAgeMs: DurationMs | null;
  /** One in so many was followed, so that `count` is an estimate when it is more than 1. */
  readonly weight: number;
}

/** Sockets, servers, timers, child processes, … that are open. */
export interface ActiveHandles {
  /** "socket", "server", "timer", "child process", … */
  readonly kind: string;
  readonly count: number;
  /** Some of them, in a line each: addresses and states, never contents. */
  readonly details: readonly string[];
}
