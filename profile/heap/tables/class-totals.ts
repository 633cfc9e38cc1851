import { inRanges, type Steps } from '../analysis/steps.ts';
import type { HeapAnalysis, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import type { HeapClasses, IndexIntoHeapClasses } from '../names/heap-classes.ts';
import { distanceOf, NO_DISTANCE, toDistance } from './distance.ts';
import type { DominatedRows } from './dominated-rows.ts';

/**
 * One row per class. Objects of no size of their own are in none, as in Chrome DevTools: what they take was added to those
 * that own them.
 */
export interface ClassCounts {
  readonly count: Uint32Array;
  readonly shallowBytes: Float64Array;
  /** The least; `NO_DISTANCE` where none of them is reached. */
  readonly distance: Int32Array;
}

export interface ClassTotals extends ClassCounts {
  /** Each byte once: only of objects that no other of the class dominates. */
  readonly retainedBytes: Float64Array;
}

/** Marks in the list of what is still to be visited that all below an object of a class was: the class follows in the other bits. */
const CLOSING = 2 ** 31;

/** Nodes of the dominator tree that are walked over between two stops. */
const STEP_NODES = 1 << 16;

/** Of all objects there are. @param classCount how many classes there are */
export function* countByClass(
  { shallowSize, distance }: Pick<HeapAnalysis, 'shallowSize' | 'distance'>,
  classOf: Uint32Array,
  classCount: number,
): Steps<ClassCounts> {
  const counts = noCounts(classCount);
  yield* inRanges(shallowSize.length, (from, to) => {
    for (let node = from; node < to; node++) {
      const size = shallowSize[node] as number;
      if (size > 0) add(counts, classOf[node] as number, size, toDistance(distance[node] as number));
    }
  });
  return counts;
}

/**
 * Sums up what hangs below a node of the dominator tree, itself included, by class.
 *
 * @param start the root, for all there is
 */
export function sumByClass(
  analysis: HeapAnalysis,
  classes: HeapClasses,
  dominated: DominatedRows,
  start: IndexIntoHeapNodes,
): ClassTotals {
  const sums = new ClassSums(analysis, classes, dominated, start);
  while (sums.advance());
  return sums.totals;
}

/**
 * The same in steps. It walks the tree without recursion; a class is open while an object of it stands above, and those below
 * add nothing to what it retains.
 */
export class ClassSums {
  readonly totals: ClassTotals;
  readonly #analysis: HeapAnalysis;
  readonly #classOf: Uint32Array;
  readonly #dominated: DominatedRows;
  readonly #isOpen: Uint8Array;
  readonly #waiting = new NodeStack();
  readonly #isCounted: boolean;
  /** Nodes that were walked over. */
  walked = 0;

  /** @param counts of all that hangs below, where they are known already */
  constructor(
    analysis: HeapAnalysis,
    { classOf, names }: HeapClasses,
    dominated: DominatedRows,
    start: IndexIntoHeapNodes,
    counts?: ClassCounts,
  ) {
    this.#analysis = analysis;
    this.#classOf = classOf;
    this.#dominated = dominated;
    this.#isOpen = new Uint8Array(names.length);
    this.#isCounted = counts !== undefined;
    this.totals = {
      ...(counts ?? noCounts(names.length)),
      retainedBytes: new Float64Array(names.length),
    };
    this.#waiting.push(start);
  }

  /** Whether there is more to be done. */
  advance(): boolean {
    const { shallowSize, retainedSize } = this.#analysis;
    const { first, nodes } = this.#dominated;
    const { retainedBytes } = this.totals;
    const waiting = this.#waiting;
    const isOpen = this.#isOpen;
    const isCounted = this.#isCounted;
    for (let left = STEP_NODES; left > 0 && waiting.length > 0; left--) {
      const next = waiting.pop();
      if (next >= CLOSING) {
        isOpen[next - CLOSING] = 0;
        continue;
      }
      this.walked += 1;
      const size = shallowSize[next] as number;
      const from = first[next] as number;
      const to = first[next + 1] as number;
      if (size > 0) {
        const ofClass = this.#classOf[next] as number;
        if (!isCounted) add(this.totals, ofClass, size, distanceOf(this.#analysis, next));
        if (isOpen[ofClass] === 0) {
          retainedBytes[ofClass] = (retainedBytes[ofClass] as number) + (retainedSize[next] as number);
          if (to > from) {
            isOpen[ofClass] = 1;
            waiting.push(CLOSING + ofClass);
          }
        }
      }
      for (let at = from; at < to; at++) waiting.push(nodes[at] as number);
    }
    return waiting.length > 0;
  }
}

function noCounts(classCount: number): ClassCounts {
  return {
    count: new Uint32Array(classCount),
    shallowBytes: new Float64Array(classCount),
    distance: new Int32Array(classCount).fill(NO_DISTANCE),
  };
}

function add(counts: ClassCounts, ofClass: IndexIntoHeapClasses, bytes: number, distance: number): void {
  counts.count[ofClass] = (counts.count[ofClass] as number) + 1;
  counts.shallowBytes[ofClass] = (counts.shallowBytes[ofClass] as number) + bytes;
  if (distance < (counts.distance[ofClass] as number)) counts.distance[ofClass] = distance;
}

class NodeStack {
  #nodes = new Uint32Array(1024);
  length = 0;

  push(node: number): void {
    if (this.length === this.#nodes.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    this.#nodes[this.length++] = node;
  }

  pop(): number {
    return this.#nodes[--this.length] as number;
  }
}
