import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import type { HeapClasses } from '../names/heap-classes.ts';
import { fromChains } from './from-chains.ts';
import { fromGiants } from './from-giants.ts';
import { fromPiles } from './from-piles.ts';
import { toHeaviest } from './heaviest.ts';
import { findPlace } from './place.ts';
import { scoreOf } from './score.ts';
import type { Subject } from './subject.ts';
import type { PiledUp, Suspicion } from './suspicion.ts';
import { findListenedTo, wayOf } from './way.ts';

/** What is less of the heap is no suspect. */
const LEAST_SHARE = 0.01;
const MOST_SUSPICIONS = 12;
/** Every heap has something that is largest: a score below this says no more. */
const LEAST_SCORE = 0.1;

/**
 * Where memory may leak, ranked. The measure is Eclipse MAT's report of leak suspects (its help, "Running Leak Suspect Report"):
 * places where the dominator tree spreads over many. Beyond it: objects of which each holds the next, single texts and buffers,
 * and for objects that are held in two ways, so that neither dominates them, the collection that holds most of them.
 *
 * @throws ProfileMemoryError
 */
export function findSuspicions(
  analysis: HeapAnalysis,
  classes: HeapClasses,
  memory: HeapMemory,
): Suspicion[] {
  // With what nothing holds: V8 counts that to the heap as well, and so the page does.
  const total = analysis.retainedSize[0] ?? 0;
  if (total === 0) return [];
  const leastBytes = Math.max(1, total * LEAST_SHARE);
  const subject: Subject = { analysis, classes, memory, heaviest: toHeaviest(analysis, memory), leastBytes };
  const piledUp = [...fromPiles(subject), ...fromChains(subject), ...fromGiants(subject)];
  memory.release(subject.heaviest);
  const suspicions = joinSame(analysis, piledUp).map((heap) => weigh(subject, heap, total));
  return joinAlike(subject, suspicions)
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || b.bytes - a.bytes)
    .slice(0, MOST_SUSPICIONS);
}

/** What piles up in one object is one suspicion, of the class that weighs most in it. */
function joinSame(analysis: HeapAnalysis, piledUp: readonly PiledUp[]): PiledUp[] {
  const byAccumulation = new Map<number, PiledUp>();
  for (const one of piledUp) {
    const known = byAccumulation.get(one.accumulation);
    byAccumulation.set(one.accumulation, known === undefined ? one : together(analysis, known, one));
  }
  return [...byAccumulation.values()];
}

/** A chain has all that hangs on its first link as well: together they are no more than that retains. */
function together({ retainedSize }: HeapAnalysis, one: PiledUp, other: PiledUp): PiledUp {
  const lead = one.bytes >= other.bytes ? one : other;
  const count = one.ofClass === other.ofClass ? one.count + other.count : lead.count;
  const retained = retainedSize[lead.accumulation] as number;
  const sum = one.bytes + other.bytes;
  // What is held in another way, too, is more than the accumulation retains, and each is counted for itself.
  return { ...lead, count, bytes: lead.bytes > retained ? sum : Math.min(sum, retained) };
}

function weigh(subject: Subject, piledUp: PiledUp, total: number): Suspicion {
  const listenedTo = piledUp.way === 'string' ? undefined : findListenedTo(subject, piledUp.accumulation);
  const way = listenedTo === undefined ? (piledUp.way ?? wayOf(subject, piledUp)) : 'listeners';
  const place = listenedTo ?? findPlace(subject.analysis, piledUp.accumulation);
  const share = piledUp.bytes / total;
  return { ...piledUp, way, place, share, score: scoreOf({ way, count: piledUp.count, share }) };
}

/**
 * The same field of many objects of a class is one suspicion: the heaviest stands for it. In a tree of one class what piles up below
 * has been weighed with what is above it, and is counted alone.
 */
function joinAlike(subject: Subject, suspicions: readonly Suspicion[]): Suspicion[] {
  const byPlace = new Map<string, { suspicion: Suspicion; readonly weighed: Set<IndexIntoHeapNodes> }>();
  for (const suspicion of [...suspicions].sort((a, b) => b.bytes - a.bytes)) {
    const { accumulation } = suspicion;
    const key = placeKey(subject, suspicion);
    const known = byPlace.get(key);
    if (known === undefined) {
      byPlace.set(key, { suspicion, weighed: new Set([accumulation]) });
      continue;
    }
    const isWeighed = isBelow(subject.analysis, accumulation, known.weighed);
    known.weighed.add(accumulation);
    known.suspicion = joined(known.suspicion, isWeighed ? { ...suspicion, bytes: 0, share: 0 } : suspicion);
  }
  return [...byPlace.values()].map(({ suspicion }) => suspicion);
}

function isBelow(
  { dominator }: HeapAnalysis,
  node: IndexIntoHeapNodes,
  above: ReadonlySet<IndexIntoHeapNodes>,
): boolean {
  for (let at = node; at !== 0; ) {
    at = dominator[at] as number;
    if (above.has(at)) return true;
  }
  return false;
}

function placeKey({ analysis, classes }: Subject, { place, ofClass, accumulation, way }: Suspicion): string {
  if (place === undefined) return `@${accumulation}`;
  const { nameOrIndex } = analysis.graph.edges;
  return [classes.classOf[place.owner], nameOrIndex[place.edge], ofClass, way].join(' ');
}

function joined(one: Suspicion, other: Suspicion): Suspicion {
  const lead = one.bytes >= other.bytes ? one : other;
  const count = one.count + other.count;
  const share = one.share + other.share;
  return {
    ...lead,
    count,
    share,
    bytes: one.bytes + other.bytes,
    score: scoreOf({ way: lead.way, count, share }),
  };
}
