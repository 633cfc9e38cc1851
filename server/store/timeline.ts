import type { TimelineEvent, TimelineQuery } from '../http/contract/index.ts';

export type NewTimelineEvent = Omit<TimelineEvent, 'sequence' | 'at'>;

/** What happened, bounded by number and age. */
export interface Timeline {
  record(event: NewTimelineEvent): TimelineEvent;
  /** Newest first. */
  list(query: TimelineQuery): TimelineEvent[];
  onEvent(listener: (event: TimelineEvent) => void): Disposable;
}
