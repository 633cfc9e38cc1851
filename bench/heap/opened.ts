/** A class, each name once, with what all its objects retain together. */
export interface OpenedClass {
  readonly name: string;
  readonly count: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
}

/** A snapshot that is ready for the first question. */
export interface Opened {
  /** From the file to the classes with their retained sizes; the process had been started before. */
  readonly seconds: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
}
