export interface Measure {
  /** Such as "size", "healthy", "players"; up to 64 characters. */
  name: string;
  value: number;
  /** A UCUM unit ("ms", "By", "1/s"); a count when left out. */
  unit?: string | undefined;
}

/** Named numbers in the order in which to show them. */
export type Measures = readonly Measure[] | Readonly<Record<string, number>>;

/** Something that is not as it should be, and what the service suggests to do about it. */
export interface Finding {
  /** For people, with the evidence; up to 500 characters. */
  sentence: string;
  /** An action that would help, and what to run it with. */
  action?: { type: string; parameters: Readonly<Record<string, unknown>> } | undefined;
}

/** What `read` may answer besides plain measures. */
export interface ResourceReport {
  measures: Measures;
  /** While something about the resource needs a look. */
  finding?: Finding | undefined;
}

/** One thing in a resource: a connection of a pool, a room, a session. */
export interface ResourceItem {
  /** Stable for as long as it lives, the id that an action's targets use: 1 to 128 characters. */
  id: string;
  name: string;
  condition: 'well' | 'attention' | 'bad';
  /** What state it is in, in a word: "healthy", "stale", "playing". */
  state: string;
  /** Why it is in this condition, in a sentence. */
  reason?: string | undefined;
  /** Who is at its other end. */
  peer?: string | undefined;
  createdAt?: Date | undefined;
  lastUsedAt?: Date | undefined;
  measures?: Measures | undefined;
}

/** Something inside the service that people operate on. */
export interface Resource {
  /** Unique in the process: 1 to 128 characters. */
  id: string;
  /** "pool", "rooms", "routes", "queue", "sessions", "lock", or the service's own word; up to 64 characters. */
  kind: string;
  /** What people call it; up to 128 characters. */
  name: string;
  /** One sentence on what it is. */
  description?: string | undefined;
  /**
   * Its state now. Called on the main thread once a second while somebody watches: it should only look at what it
   * has. One that takes longer than 10 ms is called more rarely; what it throws is shown in the console.
   */
  read(): Measures | ResourceReport | Promise<Measures | ResourceReport>;
  /** What is in it now. Called when somebody opens it in the console; the first 1000 are shown. */
  items?(): readonly ResourceItem[] | Promise<readonly ResourceItem[]>;
}
