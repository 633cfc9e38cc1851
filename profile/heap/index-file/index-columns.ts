import type { HeapClasses } from '../names/heap-classes.ts';
import type { HeapTables, OpenHeap } from '../query/open-heap.ts';
import type { Column } from './index-layout.ts';
import { IndexUnusable } from './index-table.ts';
import { type IndexColumns, IndexedAnalysis, toAnalysisColumns } from './indexed-analysis.ts';

/** Takes an open heap apart into all that an index keeps of it, by name; what is derived and not there yet is computed. */
export function toIndexColumns(heap: OpenHeap): Record<string, Column> {
  const { classes, dominated, totals, members } = heap;
  return {
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

export function fromIndexColumns(columns: IndexColumns): IndexedHeap {
  const u32 = (name: string) => columns.read(name) as Uint32Array;
  const f64 = (name: string) => columns.read(name) as Float64Array;
  let names: readonly string[] | undefined;
  return {
    analysis: new IndexedAnalysis(columns),
    classes: {
      get names() {
        names ??= toNames(columns.read('classes.names'));
        return names;
      },
      get classOf() {
        return u32('classes.classOf');
      },
    },
    tables: {
      totals: {
        get count() {
          return u32('totals.count');
        },
        get shallowBytes() {
          return f64('totals.shallowBytes');
        },
        get retainedBytes() {
          return f64('totals.retainedBytes');
        },
        get distance() {
          return columns.read('totals.distance') as Int32Array;
        },
      },
      dominated: {
        get first() {
          return u32('dominated.first');
        },
        get nodes() {
          return u32('dominated.nodes');
        },
      },
      members: {
        get first() {
          return u32('members.first');
        },
        get nodes() {
          return u32('members.nodes');
        },
      },
    },
  };
}

function toNames(bytes: Column): readonly string[] {
  try {
    return JSON.parse(new TextDecoder().decode(bytes as Uint8Array));
  } catch (error) {
    throw new IndexUnusable('its names of classes cannot be understood', { cause: error });
  }
}
