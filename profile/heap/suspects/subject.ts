import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import type { HeapClasses, IndexIntoHeapClasses } from '../names/heap-classes.ts';
import { isInternal } from './holders.ts';

/** V8's name of what functions remember. */
export const SCOPE = 'system / Context';
/** How far to look into what V8 keeps for itself. */
const MOST_LEVELS = 4;

/** What is searched for suspects, and what every search needs of it. */
export interface Subject {
  readonly analysis: HeapAnalysis;
  readonly classes: HeapClasses;
  /** What a search takes it gives back. */
  readonly memory: HeapMemory;
  /** See `toHeaviest`. */
  readonly heaviest: Uint32Array;
  /** What is less is no suspect. */
  readonly leastBytes: number;
}

export function nameOfClass({ names }: HeapClasses, ofClass: IndexIntoHeapClasses): string {
  return names[ofClass] ?? '';
}

export function classNameOf({ classes }: Pick<Subject, 'classes'>, node: IndexIntoHeapNodes): string {
  return nameOfClass(classes, classes.classOf[node] as number);
}

/** Whether a reader makes something of the class of an object. */
export function isReadable(subject: Subject, node: IndexIntoHeapNodes): boolean {
  return !isInternal(subject.analysis, node) && classNameOf(subject, node) !== SCOPE;
}

/** What weighs most in a scope or in what V8 keeps for itself: the first that a reader makes something of. */
export function readableWithin(subject: Subject, node: IndexIntoHeapNodes): IndexIntoHeapNodes {
  let at = node;
  for (let level = 0; level < MOST_LEVELS && !isReadable(subject, at); level++)
    at = subject.heaviest[at] as number;
  return isReadable(subject, at) ? at : node;
}

/** The object a program knows that something of V8's own hangs on: the promise of its reactions. */
export function knownAbove({ analysis }: Subject, node: IndexIntoHeapNodes): IndexIntoHeapNodes {
  let above = node;
  while (above !== 0 && isInternal(analysis, above)) above = analysis.dominator[above] as number;
  return above;
}
