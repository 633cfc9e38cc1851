import type { HeapClasses } from '../names/heap-classes.ts';
import { PartNames } from '../names/part-names.ts';
import type { HeapTables, OpenHeap } from '../query/open-heap.ts';
import type { ClassMembers } from '../tables/class-members.ts';
import type { ClassTotals } from '../tables/class-totals.ts';
import type { DominatedRows } from '../tables/dominated-rows.ts';
import { asFloat64, asInt32, asUint8, asUint32, cellsOf, type IndexColumns } from './column-access.ts';
import type { Column } from './index-layout.ts';
import { IndexUnusable } from './index-table.ts';
import { IndexedAnalysis, toAnalysisColumns } from './indexed-analysis.ts';
import { toHeapCells } from './indexed-cells.ts';

/** Takes an open heap apart into all that an index keeps of it, by name; what is derived and not there yet is computed. */
export function toIndexColumns(heap: OpenHeap): Record<string, Column> {
  const { classes, dominated, totals, members } = heap;
  return {
    'strings.partNames': heap.partNames.toNumbers(),
    'classes.names': new TextEncoder().encode(JSON.stringify(classes.names)),
    'totals.count': totals.count,
    'totals.shallowBytes': totals.shallowBytes,
    'totals.retainedBytes': totals.retainedBytes,
    'totals.distance': totals.distance,
    ...toAnalysisColumns(heap.analysis),
    'classes.classOf': classes.classOf,
    'dominated.first': dominated.first,
    'dominated.nodes': dominated.nodes,
    'members.first': members.first,
    'members.nodes': members.nodes,
  };
}

/** The parts of an open heap, none of which is read before it is looked at. */
export interface IndexedHeap {
  readonly analysis: IndexedAnalysis;
  readonly classes: HeapClasses;
  readonly tables: HeapTables;
}

/** @throws IndexUnusable when a column is missing or of another kind */
export function fromIndexColumns(columns: IndexColumns): IndexedHeap {
  const cells = toHeapCells(columns);
  const partNames = cellsOf(columns, 'strings.partNames', 'i32');
  return {
    analysis: new IndexedAnalysis(columns, cells.analysis),
    classes: new IndexedClasses(columns),
    tables: {
      totals: new IndexedTotals(columns),
      dominated: new IndexedRows(columns, 'dominated'),
      members: new IndexedRows(columns, 'members'),
      partNames: new PartNames(() => partNames),
      cells,
    },
  };
}

class IndexedClasses implements HeapClasses {
  readonly #columns: IndexColumns;
  #names: readonly string[] | undefined;
  #classOf: Uint32Array | undefined;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
  }

  get names(): readonly string[] {
    this.#names ??= toNames(asUint8(this.#columns, 'classes.names'));
    return this.#names;
  }

  get classOf(): Uint32Array {
    this.#classOf ??= asUint32(this.#columns, 'classes.classOf');
    return this.#classOf;
  }
}

/** They are small and looked at together. */
class IndexedTotals implements ClassTotals {
  readonly #columns: IndexColumns;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
  }

  get count(): Uint32Array {
    return asUint32(this.#columns, 'totals.count');
  }

  get shallowBytes(): Float64Array {
    return asFloat64(this.#columns, 'totals.shallowBytes');
  }

  get retainedBytes(): Float64Array {
    return asFloat64(this.#columns, 'totals.retainedBytes');
  }

  get distance(): Int32Array {
    return asInt32(this.#columns, 'totals.distance');
  }
}

/** Compressed rows of nodes: where each begins, and all of them. */
class IndexedRows implements DominatedRows, ClassMembers {
  readonly #columns: IndexColumns;
  readonly #name: string;
  #first: Uint32Array | undefined;
  #nodes: Uint32Array | undefined;

  constructor(columns: IndexColumns, name: string) {
    this.#columns = columns;
    this.#name = name;
  }

  get first(): Uint32Array {
    this.#first ??= asUint32(this.#columns, `${this.#name}.first`);
    return this.#first;
  }

  get nodes(): Uint32Array {
    this.#nodes ??= asUint32(this.#columns, `${this.#name}.nodes`);
    return this.#nodes;
  }
}

function toNames(bytes: Uint8Array): readonly string[] {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new IndexUnusable('its names of classes cannot be understood', { cause: error });
  }
}
