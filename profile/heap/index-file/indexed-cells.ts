import type { AnalysisCells, Cells, GraphCells, HeapCells } from '../model/heap-cells.ts';
import { decodeText } from '../reader/byte-strings.ts';
import { cellsOf, type IndexColumns } from './column-access.ts';

/**
 * The heap of an index, looked at row by row. Reads nothing before it is looked at.
 *
 * @throws IndexUnusable when a column is missing or of another kind
 */
export function toHeapCells(columns: IndexColumns): HeapCells {
  return {
    analysis: readAnalysis(columns),
    classOf: cellsOf(columns, 'classes.classOf', 'u32'),
    dominated: {
      first: cellsOf(columns, 'dominated.first', 'u32'),
      nodes: cellsOf(columns, 'dominated.nodes', 'u32'),
    },
  };
}

function readAnalysis(columns: IndexColumns): AnalysisCells {
  return {
    graph: readGraph(columns),
    firstRetainer: cellsOf(columns, 'firstRetainer', 'u32'),
    retainingEdge: cellsOf(columns, 'retainingEdge', 'u32'),
    dominator: cellsOf(columns, 'dominator', 'u32'),
    shallowSize: cellsOf(columns, 'shallowSize', 'u32', 'f64'),
    retainedSize: cellsOf(columns, 'retainedSize', 'f64'),
    detachedness: columns.has('detachedness') ? cellsOf(columns, 'detachedness', 'u8') : undefined,
    distance: cellsOf(columns, 'distance', 'i32'),
  };
}

function readGraph(columns: IndexColumns): GraphCells {
  return {
    nodes: {
      type: cellsOf(columns, 'nodes.type', 'u8'),
      name: cellsOf(columns, 'nodes.name', 'u32'),
      id: cellsOf(columns, 'nodes.id', 'u32'),
      firstEdge: cellsOf(columns, 'nodes.firstEdge', 'u32'),
    },
    edges: {
      type: cellsOf(columns, 'edges.type', 'u8'),
      nameOrIndex: cellsOf(columns, 'edges.nameOrIndex', 'u32'),
      to: cellsOf(columns, 'edges.to', 'u32'),
    },
    strings: new StringCells(
      cellsOf(columns, 'strings.bytes', 'u8'),
      cellsOf(columns, 'strings.start', 'u32'),
    ),
  };
}

/** Strings of which only the bytes of those that are wanted are looked at. */
class StringCells {
  readonly start: Cells;
  readonly #bytes: Cells;

  constructor(bytes: Cells, start: Cells) {
    this.#bytes = bytes;
    this.start = start;
  }

  text(index: number): string {
    if (!(index >= 0 && index < this.start.length - 1)) throw new RangeError(`There is no string ${index}.`);
    const from = this.start.get(index);
    const bytes = new Uint8Array(this.start.get(index + 1) - from);
    for (let at = 0; at < bytes.length; at++) bytes[at] = this.#bytes.get(from + at);
    return decodeText(bytes);
  }
}
