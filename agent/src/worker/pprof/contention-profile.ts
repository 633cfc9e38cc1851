import type { LocatedFrame } from '../../in-thread/stacks/frame-url.ts';

/** What was waited for, ready to be written. */
export interface ContentionProfile {
  frames: readonly LocatedFrame[];
  records: Iterable<ContentionRecord>;
  /** Wall clock, in milliseconds since 1970. */
  startedAtMs: number;
  durationMs: number;
  /** One in so many was followed; the values of the records are of all of them. */
  sampleEvery: number;
  /** What pprof shows as the file profiled: the service. */
  program: string;
  /** For pprof's `-comments`, a sentence each. */
  comments: readonly string[];
  /** What is measured besides contentions and delay. */
  moreTypes?: readonly { type: string; unit: string }[];
}

/** Those who waited in the same place for the same thing. */
export interface ContentionRecord {
  /** Numbers in `frames`, leaf first. */
  stack: readonly number[];
  count: number;
  nanos: number;
  /** What else tells them apart, such as `type` (network, file, lock, …), for pprof's `-tags` and `-tagfocus`. */
  labels: Readonly<Record<string, string | number>>;
  /** Its values of `moreTypes`; zeros when left out. */
  more?: readonly number[];
}
