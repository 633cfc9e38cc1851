import type {
  HeapAnalysis,
  HeapEdges,
  HeapGraph,
  HeapNodes,
  HeapStrings,
  IndexIntoHeapEdges,
  IndexIntoHeapNodes,
} from '../model/heap-graph.ts';
import { ByteStrings } from '../reader/byte-strings.ts';
import type { Column } from './index-layout.ts';
import { IndexUnusable } from './index-table.ts';

/** The columns of an index, each read when it is first asked for. */
export interface IndexColumns {
  has(name: string): boolean;
  /** The same one each time. @throws IndexUnusable when it is not what was written */
  read(name: string): Column;
  /** Without reading it. */
  lengthOf(name: string): number;
}

/** Takes an analysis apart into what an index keeps of it, by name. */
export function toAnalysisColumns(analysis: HeapAnalysis): Record<string, Column> {
  const { nodes, edges, strings } = analysis.graph;
  return {
    'nodes.type': nodes.type,
    'nodes.name': nodes.name,
    'nodes.id': nodes.id,
    'nodes.selfSize': nodes.selfSize,
    'nodes.firstEdge': nodes.firstEdge,
    ...(nodes.detachedness ? { 'nodes.detachedness': nodes.detachedness } : {}),
    'edges.type': edges.type,
    'edges.nameOrIndex': edges.nameOrIndex,
    'edges.to': edges.to,
    'strings.bytes': strings.bytes,
    'strings.start': strings.start,
    firstRetainer: analysis.firstRetainer,
    retainingEdge: analysis.retainingEdge,
    dominator: analysis.dominator,
    shallowSize: analysis.shallowSize,
    retainedSize: analysis.retainedSize,
    ...(analysis.detachedness ? { detachedness: analysis.detachedness } : {}),
    distance: analysis.distance,
  };
}

/** An analysis that costs nothing until something of it is looked at, and then no more than that. */
export class IndexedAnalysis implements HeapAnalysis {
  readonly graph: HeapGraph;
  readonly #columns: IndexColumns;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
    this.graph = {
      nodes: new IndexedNodes(columns),
      edges: new IndexedEdges(columns),
      strings: new IndexedStrings(columns),
    };
  }

  get firstRetainer(): Uint32Array {
    return asUint32(this.#columns, 'firstRetainer');
  }

  get retainingEdge(): Uint32Array {
    return asUint32(this.#columns, 'retainingEdge');
  }

  get dominator(): Uint32Array {
    return asUint32(this.#columns, 'dominator');
  }

  get shallowSize(): Float64Array | Uint32Array {
    return asSizes(this.#columns, 'shallowSize');
  }

  get retainedSize(): Float64Array {
    const column = this.#columns.read('retainedSize');
    if (column instanceof Float64Array) return column;
    throw wrongKind('retainedSize');
  }

  get detachedness(): Uint8Array | undefined {
    return this.#columns.has('detachedness') ? asUint8(this.#columns, 'detachedness') : undefined;
  }

  get distance(): Int32Array {
    const column = this.#columns.read('distance');
    if (column instanceof Int32Array) return column;
    throw wrongKind('distance');
  }

  holderOf(edge: IndexIntoHeapEdges): IndexIntoHeapNodes {
    const { firstEdge, length } = this.graph.nodes;
    // The last node whose edges begin no later: those before it that begin there have none.
    let from = 0;
    let to = length;
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      if ((firstEdge[middle] as number) <= edge) from = middle;
      else to = middle;
    }
    return from;
  }
}

class IndexedNodes implements HeapNodes {
  readonly #columns: IndexColumns;
  readonly length: number;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
    this.length = columns.lengthOf('nodes.type');
  }

  get type(): Uint8Array {
    return asUint8(this.#columns, 'nodes.type');
  }

  get name(): Uint32Array {
    return asUint32(this.#columns, 'nodes.name');
  }

  get id(): Uint32Array {
    return asUint32(this.#columns, 'nodes.id');
  }

  get selfSize(): Float64Array | Uint32Array {
    return asSizes(this.#columns, 'nodes.selfSize');
  }

  get firstEdge(): Uint32Array {
    return asUint32(this.#columns, 'nodes.firstEdge');
  }

  get detachedness(): Uint8Array | undefined {
    const name = 'nodes.detachedness';
    return this.#columns.has(name) ? asUint8(this.#columns, name) : undefined;
  }
}

class IndexedEdges implements HeapEdges {
  readonly #columns: IndexColumns;
  readonly length: number;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
    this.length = columns.lengthOf('edges.type');
  }

  get type(): Uint8Array {
    return asUint8(this.#columns, 'edges.type');
  }

  get nameOrIndex(): Uint32Array {
    return asUint32(this.#columns, 'edges.nameOrIndex');
  }

  get to(): Uint32Array {
    return asUint32(this.#columns, 'edges.to');
  }
}

class IndexedStrings implements HeapStrings {
  readonly #columns: IndexColumns;
  readonly length: number;
  #texts: ByteStrings | undefined;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
    this.length = columns.lengthOf('strings.start') - 1;
  }

  get bytes(): Uint8Array {
    return asUint8(this.#columns, 'strings.bytes');
  }

  get start(): Uint32Array {
    return asUint32(this.#columns, 'strings.start');
  }

  text(index: number): string {
    this.#texts ??= new ByteStrings(this.bytes, this.start);
    return this.#texts.text(index);
  }
}

function asUint8(columns: IndexColumns, name: string): Uint8Array {
  const column = columns.read(name);
  if (column instanceof Uint8Array) return column;
  throw wrongKind(name);
}

function asUint32(columns: IndexColumns, name: string): Uint32Array {
  const column = columns.read(name);
  if (column instanceof Uint32Array) return column;
  throw wrongKind(name);
}

function asSizes(columns: IndexColumns, name: string): Float64Array | Uint32Array {
  const column = columns.read(name);
  if (column instanceof Float64Array || column instanceof Uint32Array) return column;
  throw wrongKind(name);
}

function wrongKind(name: string): IndexUnusable {
  return new IndexUnusable(`its column ${name} is of another kind`);
}
