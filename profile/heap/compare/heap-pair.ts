import { NumberColumn } from '../../model/number-column.ts';
import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import type { HeapComparison } from '../query/heap-query.ts';
import type { OpenHeap } from '../query/open-heap.ts';
import { type ClassChanges, sumChanges } from './class-changes.ts';
import { type CommonClasses, toCommonClasses } from './common-classes.ts';
import { type MatchedObjects, matchObjects } from './match-objects.ts';

/** Two snapshots, laid over each other; what is derived is computed when it is first needed, and kept. */
export class HeapPair {
  readonly later: OpenHeap;
  readonly earlier: OpenHeap;
  readonly processes: HeapComparison['processes'];
  readonly classes: CommonClasses;
  #matched: MatchedObjects | undefined;
  #changes: ClassChanges | undefined;
  #last: { readonly key: string; readonly nodes: Uint32Array } | undefined;

  readonly #kept = new Map<object, unknown>();

  constructor(later: OpenHeap, earlier: OpenHeap, processes: HeapComparison['processes'] = 'not known') {
    this.later = later;
    this.earlier = earlier;
    this.processes = processes;
    this.classes = toCommonClasses(later.classes, earlier.classes);
  }

  /** @throws ProfileMemoryError */
  get matched(): MatchedObjects {
    this.#matched ??= matchObjects(this.later, this.earlier, this.processes);
    return this.#matched;
  }

  /** @throws ProfileMemoryError */
  get changes(): ClassChanges {
    this.#changes ??= sumChanges(this.later, this.earlier, this.classes, this.matched);
    return this.#changes;
  }

  /** Whatever else a question wants to keep for the next: made once, for as long as the two are compared. */
  keep<Kept>(make: (pair: HeapPair) => Kept): Kept {
    if (!this.#kept.has(make)) this.#kept.set(make, make(this));
    return this.#kept.get(make) as Kept;
  }

  /** How much more an object of both retains; undefined for a new one. */
  growthOf(node: IndexIntoHeapNodes): number | undefined {
    const before = this.matched.before(node);
    if (before === undefined) return undefined;
    const { retainedSize } = this.later.analysis;
    return (retainedSize[node] as number) - (this.earlier.analysis.retainedSize[before] as number);
  }

  /**
   * The objects of a class that changed in one way: nodes of the later snapshot, those gone of the earlier one. The last are kept,
   * because they are asked for page by page.
   */
  changed(className: string, change: 'new' | 'gone' | 'grown'): Uint32Array {
    const key = `${change} ${className}`;
    if (this.#last?.key !== key) this.#last = { key, nodes: this.#findChanged(className, change) };
    return this.#last.nodes;
  }

  #findChanged(className: string, change: 'new' | 'gone' | 'grown'): Uint32Array {
    const heap = change === 'gone' ? this.earlier : this.later;
    const isWanted = {
      new: (node: number) => this.matched.before(node) === undefined,
      gone: (node: number) => this.matched.isGone(node),
      grown: (node: number) => (this.growthOf(node) ?? 0) > 0,
    }[change];
    const found = new NumberColumn();
    for (const node of membersNamed(heap, className)) if (isWanted(node)) found.push(node);
    return Uint32Array.from(found.finish());
  }
}

/** None where one of two snapshots has no such class. */
function membersNamed(heap: OpenHeap, className: string): Uint32Array {
  return heap.classes.names.includes(className)
    ? heap.membersOf(heap.classNamed(className))
    : new Uint32Array(0);
}
