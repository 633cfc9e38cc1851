/** Every limit of patience and number, in one place; tests set some of them lower. */
export interface HeapTimes {
  /** An open snapshot that nobody asks closes. */
  readonly idleMs: number;
  /** An opening goes on for so long after the last sign that somebody waits for it. */
  readonly leaseMs: number;
  /** How long a question waits for its snapshot to be opened. */
  readonly waitMs: number;
  /** From the moment a question reaches the process to its answer, without what reading an earlier snapshot takes. */
  readonly questionMs: number;
  /** How long a process may take to leave a question that nobody waits for any more. */
  readonly forgetMs: number;
  /** Opening gives a sign of life at least so often. */
  readonly silenceMs: number;
  /** Questions about one snapshot that may wait. */
  readonly questions: number;
  /** Questions that a process is asked at once: it answers short ones while a long one goes on. */
  readonly askedAtOnce: number;
  /** How far the processes stand back behind the console: Unix' nice value. */
  readonly niceness: number;
  /** Processes at once. */
  readonly processes: number;
}

export const heapTimes: HeapTimes = {
  idleMs: 10 * 60_000,
  leaseMs: 30_000,
  waitMs: 20_000,
  questionMs: 60_000,
  forgetMs: 3_000,
  silenceMs: 60_000,
  questions: 32,
  askedAtOnce: 8,
  niceness: 10,
  processes: 4,
};
