import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import type { IndexIntoHeapClasses } from '../names/heap-classes.ts';
import type { LeakWay } from '../query/heap-query.ts';
import type { FoundPlace } from './place.ts';

/** What has piled up, before anybody asked what to make of it. */
export interface PiledUp {
  readonly kind: 'one object' | 'many of a class';
  readonly accumulation: IndexIntoHeapNodes;
  readonly ofClass: IndexIntoHeapClasses;
  readonly count: number;
  readonly bytes: number;
  readonly example: IndexIntoHeapNodes;
  /** Undefined where it follows from what the accumulation is. */
  readonly way: LeakWay | undefined;
}

/** A suspicion in the graph's own terms; `LeakSuspect` is what is shown of it. */
export interface Suspicion extends PiledUp {
  readonly way: LeakWay;
  readonly share: number;
  readonly place: FoundPlace | undefined;
  readonly score: number;
}
