import type { Taken } from './stopwatch.ts';

/** A class, each name once, with what all its objects retain together. */
export interface OpenedClass {
  readonly name: string;
  readonly count: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
}

/**
 * A snapshot that is ready for the first question. Taken: from its file to the classes with their retained sizes, by a process that had
 * been started before.
 */
export interface Opened extends Taken {
  readonly nodeCount: number;
  readonly edgeCount: number;
}
