import { HeapQueryError } from '../../../errors.ts';
import type { Bytes } from '../../../model/profile.ts';
import type { Steps } from '../../analysis/steps.ts';
import type { HeapObjectId, IndexIntoHeapEdges, IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { topmostBytes } from '../../tables/topmost-bytes.ts';
import type { Kept } from '../kept-answers.ts';
import type { OpenHeap } from '../open-heap.ts';
import { type Reach, reachWithout } from '../reach.ts';
import { stepAlong, stepToHolder } from './holder-step.ts';
import { type MergedHolders, mergeHolders } from './merge-holders.ts';
import type { RetainerLevel } from './retainer-level.ts';

/** Merged retainers of some objects, opened row by row. What was opened is kept. */
export class RetainerTree implements Kept {
  readonly #heap: OpenHeap;
  readonly #reach: Reach;
  readonly #top: MergedHolders;
  readonly #opened = new Map<string, MergedHolders>();
  /** Not any more once there was no memory for it: it is kept for nobody then. */
  #isCounted = true;

  private constructor(heap: OpenHeap, reach: Reach, top: MergedHolders) {
    this.#heap = heap;
    this.#reach = reach;
    this.#top = top;
  }

  /** Without the distances, which are kept beside it. */
  get weightBytes(): Bytes {
    const opened = [...this.#opened.values()];
    return opened.reduce((sum, { weightBytes }) => sum + weightBytes, this.#top.weightBytes);
  }

  /** Of many objects: each is followed along its shortest way, so it counts in one row. */
  static *ofMany(
    heap: OpenHeap,
    objects: Uint32Array,
    ignored: readonly HeapObjectId[],
  ): Steps<RetainerTree> {
    const reach = yield* reachWithout(heap, ignored);
    const level: RetainerLevel = {
      nodes: objects,
      counts: new Float64Array(objects.length).fill(1),
      bytes: topmostBytes(heap.analysis, objects),
    };
    return new RetainerTree(heap, reach, yield* holdersOf(heap, reach, level));
  }

  /** Of one object: all that hold it stand in the first rows, and are followed along their shortest ways. */
  static *ofOne(
    heap: OpenHeap,
    node: IndexIntoHeapNodes,
    retainers: ArrayLike<IndexIntoHeapEdges>,
    ignored: readonly HeapObjectId[],
  ): Steps<RetainerTree> {
    const reach = yield* reachWithout(heap, ignored);
    const level: RetainerLevel = {
      nodes: new Uint32Array(retainers.length).fill(node),
      counts: new Float64Array(retainers.length),
      bytes: new Float64Array(retainers.length),
    };
    const top = yield* mergeHolders(heap, level, (place) => {
      const step = stepAlong(heap, reach, retainers[place] as number);
      return reach.isReached(step.holder) ? step : undefined;
    });
    return new RetainerTree(heap, reach, top);
  }

  /**
   * The rows below those that the path goes through.
   *
   * @throws HeapQueryError when there is no such row
   */
  *open(path: readonly string[]): Steps<MergedHolders> {
    const found = yield* this.find(path);
    if (found === undefined) throw new HeapQueryError(`names a row that is not there: ${path.at(-1)}`);
    return found;
  }

  /** The same; undefined when there is no such row. */
  *find(path: readonly string[]): Steps<MergedHolders | undefined> {
    let rows = this.#top;
    for (const [depth, key] of path.entries()) {
      const opened = yield* this.#openRow(rows, path.slice(0, depth + 1), key);
      if (opened === undefined) return undefined;
      rows = opened;
    }
    return rows;
  }

  /** One row after another, each counted before the next: a path can be long, and each row of it as wide as the heap. */
  *#openRow(rows: MergedHolders, path: readonly string[], key: string): Steps<MergedHolders | undefined> {
    const place = JSON.stringify(path);
    const known = this.#opened.get(place);
    if (known !== undefined) return known;
    const group = rows.groups.find((each) => each.key === key);
    if (group === undefined) return undefined;
    const opened = yield* holdersOf(this.#heap, this.#reach, rows.levelAbove(group));
    this.#opened.set(place, opened);
    // The row at the end is made from the one before it alone: the others can be made again.
    if (!this.#isCounted || !this.#heap.answers.recount(this)) {
      this.#isCounted = false;
      this.#opened.clear();
    }
    return opened;
  }
}

function holdersOf(heap: OpenHeap, reach: Reach, level: RetainerLevel): Steps<MergedHolders> {
  return mergeHolders(heap, level, (place) => stepToHolder(heap, reach, level.nodes[place] as number));
}
