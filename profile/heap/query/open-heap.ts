import { HeapObjectError } from '../../errors.ts';
import type { Steps } from '../analysis/steps.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import {
  ArrayCells,
  type HeapCells,
  type RowCells,
  toAnalysisCells,
  toRowCells,
} from '../model/heap-cells.ts';
import {
  DETACHEDNESS,
  type HeapAnalysis,
  type HeapGraph,
  type HeapObjectId,
  type IndexIntoHeapNodes,
} from '../model/heap-graph.ts';
import { type ConcatenatedStrings, toConcatenatedStrings } from '../names/concatenated-strings.ts';
import type { HeapClasses, IndexIntoHeapClasses } from '../names/heap-classes.ts';
import { nodeTypeAt } from '../names/node-type.ts';
import { objectLabel } from '../names/object-label.ts';
import { PartNames } from '../names/part-names.ts';
import { type ClassMembers, membersOf, toClassMembers } from '../tables/class-members.ts';
import { type ClassTotals, sumByClass } from '../tables/class-totals.ts';
import { shownDistance, toDistance } from '../tables/distance.ts';
import { type DominatedRows, toDominatedRows } from '../tables/dominated-rows.ts';
import type { HeapObjectRow } from './heap-query.ts';
import { KeptAnswers } from './kept-answers.ts';
import { SharedSteps } from './shared-steps.ts';

/** What an index file may bring along, and is computed when it does not. */
export interface HeapTables {
  readonly dominated?: DominatedRows;
  readonly totals?: ClassTotals;
  readonly members?: ClassMembers;
  readonly partNames?: PartNames;
  /** The same heap, of which less is read when single rows are looked at. */
  readonly cells?: HeapCells;
}

const ROOT: IndexIntoHeapNodes = 0;

/** What answers keep, by the size of the heap: two lists of all objects in two orders. */
const KEPT_BYTES_PER_NODE = 16;
const LEAST_KEPT_BYTES = 16 * 1024 * 1024;

/** A heap with all that is derived of it: computed when it is first needed, and kept. */
export class OpenHeap {
  readonly analysis: HeapAnalysis;
  readonly graph: HeapGraph;
  readonly classes: HeapClasses;
  readonly memory: HeapMemory;
  /** For what is told of single objects: the same, looked at row by row. */
  readonly cells: HeapCells;
  /** The names by which strings hold their parts. */
  readonly partNames: PartNames;
  /** What was made for the last questions. */
  readonly answers: KeptAnswers;
  #dominated: DominatedRows | undefined;
  #totals: ClassTotals | undefined;
  #members: ClassMembers | undefined;
  #classIndices: ReadonlyMap<string, IndexIntoHeapClasses> | undefined;
  readonly #kept = new Map<object, unknown>();
  readonly #making = new Map<object, SharedSteps<unknown>>();

  /** @param memory what tables take is counted there */
  constructor(
    analysis: HeapAnalysis,
    classes: HeapClasses,
    memory = new HeapMemory(),
    tables: HeapTables = {},
  ) {
    this.memory = memory;
    this.analysis = analysis;
    this.graph = analysis.graph;
    this.answers = new KeptAnswers(
      memory,
      Math.max(LEAST_KEPT_BYTES, analysis.graph.nodes.length * KEPT_BYTES_PER_NODE),
    );
    this.classes = classes;
    this.partNames = tables.partNames ?? PartNames.in(this.graph.strings);
    this.cells = tables.cells ?? this.#toCells();
    this.#dominated = tables.dominated;
    this.#totals = tables.totals;
    this.#members = tables.members;
  }

  /** The dominator tree downwards. */
  get dominated(): DominatedRows {
    this.#dominated ??= toDominatedRows(this.analysis, this.memory);
    return this.#dominated;
  }

  /** What each class has in all. */
  get totals(): ClassTotals {
    this.#totals ??= sumByClass(this.analysis, this.classes, this.dominated, ROOT);
    return this.#totals;
  }

  /** The objects of each class, those of no size of their own left out. */
  get members(): ClassMembers {
    this.#members ??= toClassMembers(this.analysis, this.classes, this.memory);
    return this.#members;
  }

  /** Whatever else a question wants to keep for the next: made once, for as long as the heap is open. */
  keep<Kept>(make: (heap: OpenHeap) => Kept): Kept {
    if (!this.#kept.has(make)) this.#kept.set(make, make(this));
    return this.#kept.get(make) as Kept;
  }

  /** The same in steps. When whoever asked gives up, the next one who asks goes on where it stands. */
  *keeping<Kept>(make: (heap: OpenHeap) => Steps<Kept>): Steps<Kept> {
    const shared = (this.#making.get(make) as SharedSteps<Kept> | undefined) ?? new SharedSteps(make(this));
    this.#making.set(make, shared);
    try {
      return yield* shared.join();
    } catch (error) {
      this.#making.delete(make);
      throw error;
    }
  }

  /** @throws HeapObjectError when there is none; looks through a column, a few milliseconds for 13 million */
  nodeOf(id: HeapObjectId): IndexIntoHeapNodes {
    const node = this.findNode(id);
    if (node === undefined) throw new HeapObjectError(`object @${id}`);
    return node;
  }

  findNode(id: HeapObjectId): IndexIntoHeapNodes | undefined {
    const node = this.graph.nodes.id.indexOf(id);
    return node < 0 ? undefined : node;
  }

  /** @throws HeapObjectError when there is no such class */
  classNamed(name: string): IndexIntoHeapClasses {
    this.#classIndices ??= new Map(this.classes.names.map((each, index) => [each, index]));
    const index = this.#classIndices.get(name);
    if (index === undefined) throw new HeapObjectError(`class ${name}`);
    return index;
  }

  /** A view of a column, not to be changed. */
  membersOf(ofClass: IndexIntoHeapClasses): Uint32Array {
    return membersOf(this.members, ofClass);
  }

  classNameOf(node: IndexIntoHeapNodes): string {
    return this.classes.names[this.cells.classOf.get(node)] ?? '';
  }

  isDetached(node: IndexIntoHeapNodes): boolean {
    return this.cells.analysis.detachedness?.get(node) === DETACHEDNESS.detached;
  }

  row(node: IndexIntoHeapNodes): HeapObjectRow {
    const { analysis, dominated } = this.cells;
    const { graph } = analysis;
    return {
      id: graph.nodes.id.get(node),
      type: nodeTypeAt(graph.nodes.type.get(node)),
      className: this.classNameOf(node),
      label: objectLabel(graph, node, this.partNames),
      shallowBytes: analysis.shallowSize.get(node),
      retainedBytes: analysis.retainedSize.get(node),
      distance: shownDistance(toDistance(analysis.distance.get(node))),
      isDetached: this.isDetached(node),
      dominatedCount: dominated.first.get(node + 1) - dominated.first.get(node),
    };
  }

  #toCells(): HeapCells {
    const heap = this;
    let dominated: RowCells | undefined;
    return {
      analysis: toAnalysisCells(this.analysis),
      classOf: new ArrayCells(this.classes.classOf),
      get dominated() {
        dominated ??= toRowCells(heap.dominated);
        return dominated;
      },
    };
  }
}

/** For `keeping`. */
export function concatenatedStrings({ graph, partNames, memory }: OpenHeap): Steps<ConcatenatedStrings> {
  return toConcatenatedStrings(graph, partNames, memory);
}
