import type { HeapClasses } from '../names/heap-classes.ts';
import type { ClassTotals } from '../tables/class-totals.ts';
import { distanceOf } from '../tables/distance.ts';
import type { Compare } from '../tables/sort-part.ts';
import type { HeapClassSort, HeapObjectSort, HeapOrder } from './heap-query.ts';
import type { OpenHeap } from './open-heap.ts';

/** An order of objects, for sorting by comparison and by number. */
export interface ObjectOrder {
  /** Tells it from others. */
  readonly key: string;
  readonly compare: Compare;
  /** A whole number by which they stand first. */
  readonly numberOf: (node: number) => number;
  /** Whether the number is all there is to it. */
  readonly isNumber: boolean;
  readonly descending: boolean;
}

/** Objects by an order; equal ones as they stand in the file. */
export function toObjectOrder(heap: OpenHeap, { by, descending }: HeapOrder<HeapObjectSort>): ObjectOrder {
  return {
    key: `${by} ${descending}`,
    compare: directed(by === 'name' ? compareNames(heap) : byNumber(numberOf(heap, by)), descending),
    numberOf: numberOf(heap, by),
    isNumber: by !== 'name',
    descending,
  };
}

export function objectOrder(heap: OpenHeap, order: HeapOrder<HeapObjectSort>): Compare {
  return toObjectOrder(heap, order).compare;
}

function numberOf(heap: OpenHeap, by: HeapObjectSort): (node: number) => number {
  const { analysis, graph } = heap;
  switch (by) {
    case 'retained':
      return numberIn(analysis.retainedSize);
    case 'shallow':
      return numberIn(analysis.shallowSize);
    case 'id':
      return numberIn(graph.nodes.id);
    case 'distance':
      return (node) => distanceOf(analysis, node);
    case 'name': {
      const ranks = heap.keep(rankClasses);
      const { classOf } = heap.classes;
      return (node) => ranks[classOf[node] as number] as number;
    }
  }
}

function numberIn(column: ArrayLike<number>): (node: number) => number {
  return (node) => column[node] as number;
}

function byNumber(numberOf: (node: number) => number): Compare {
  return (a, b) => numberOf(a) - numberOf(b);
}

/** By class, and then by what V8 calls them: strings by their content, functions by their name. */
function compareNames(heap: OpenHeap): Compare {
  const ranks = heap.keep(rankClasses);
  const { classOf } = heap.classes;
  const { name } = heap.graph.nodes;
  const { bytes, start } = heap.graph.strings;
  return (a, b) => {
    const byClass = (ranks[classOf[a] as number] as number) - (ranks[classOf[b] as number] as number);
    if (byClass !== 0) return byClass;
    const [one, other] = [name[a] as number, name[b] as number];
    if (one === other) return 0;
    let at = start[one] as number;
    let otherAt = start[other] as number;
    const end = Math.min(start[one + 1] as number, at + (start[other + 1] as number) - otherAt);
    while (at < end && bytes[at] === bytes[otherAt]) {
      at++;
      otherAt++;
    }
    if (at < end) return (bytes[at] as number) - (bytes[otherAt] as number);
    return (start[one + 1] as number) - at - ((start[other + 1] as number) - otherAt);
  };
}

function rankClasses({ classes: { names } }: OpenHeap): Uint32Array {
  const ranks = new Uint32Array(names.length);
  const sorted = Uint32Array.from(names, (_, index) => index).sort((a, b) =>
    compareTexts(names[a], names[b]),
  );
  for (let rank = 0; rank < sorted.length; rank++) ranks[sorted[rank] as number] = rank;
  return ranks;
}

/** Classes by an order; equal ones by name. */
export function classOrder(
  { names }: HeapClasses,
  totals: ClassTotals,
  { by, descending }: HeapOrder<HeapClassSort>,
): Compare {
  const byName: Compare = (a, b) => compareTexts(names[a], names[b]);
  const columns = {
    retained: totals.retainedBytes,
    shallow: totals.shallowBytes,
    count: totals.count,
    distance: totals.distance,
  };
  const first = by === 'name' ? byName : byColumn(columns[by]);
  const compare = directed(first, descending);
  return (a, b) => (first(a, b) === 0 ? byName(a, b) : compare(a, b));
}

function byColumn(column: ArrayLike<number>): Compare {
  return (a, b) => (column[a] as number) - (column[b] as number);
}

/** Ties by the row itself: sorting needs any two told apart, and pages must not overlap. */
function directed(compare: Compare, descending: boolean): Compare {
  return descending ? (a, b) => compare(b, a) || a - b : (a, b) => compare(a, b) || a - b;
}

function compareTexts(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
