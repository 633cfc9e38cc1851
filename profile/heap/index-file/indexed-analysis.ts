import type { AnalysisCells } from '../model/heap-cells.ts';
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
import {
  asFloat64,
  asInt32,
  asSizes,
  asUint8,
  asUint32,
  findUint8,
  type IndexColumns,
} from './column-access.ts';
import type { Column } from './index-layout.ts';

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

/**
 * An analysis that costs nothing until something of it is looked at, and then no more than that. Columns are kept in fields: loops
 * over millions of rows ask for them at each one.
 */
export class IndexedAnalysis implements HeapAnalysis {
  readonly graph: HeapGraph;
  readonly #columns: IndexColumns;
  #firstRetainer: Uint32Array | undefined;
  #retainingEdge: Uint32Array | undefined;
  #dominator: Uint32Array | undefined;
  #shallowSize: Float64Array | Uint32Array | undefined;
  #retainedSize: Float64Array | undefined;
  #detachedness: Uint8Array | undefined;
  #distance: Int32Array | undefined;
  readonly #cells: AnalysisCells;

  /** @param cells of the same */
  constructor(columns: IndexColumns, cells: AnalysisCells) {
    this.#columns = columns;
    this.#cells = cells;
    this.graph = {
      nodes: new IndexedNodes(columns),
      edges: new IndexedEdges(columns),
      strings: new IndexedStrings(columns),
    };
  }

  get firstRetainer(): Uint32Array {
    this.#firstRetainer ??= asUint32(this.#columns, 'firstRetainer');
    return this.#firstRetainer;
  }

  get retainingEdge(): Uint32Array {
    this.#retainingEdge ??= asUint32(this.#columns, 'retainingEdge');
    return this.#retainingEdge;
  }

  get dominator(): Uint32Array {
    this.#dominator ??= asUint32(this.#columns, 'dominator');
    return this.#dominator;
  }

  get shallowSize(): Float64Array | Uint32Array {
    this.#shallowSize ??= asSizes(this.#columns, 'shallowSize');
    return this.#shallowSize;
  }

  get retainedSize(): Float64Array {
    this.#retainedSize ??= asFloat64(this.#columns, 'retainedSize');
    return this.#retainedSize;
  }

  get detachedness(): Uint8Array | undefined {
    this.#detachedness ??= findUint8(this.#columns, 'detachedness');
    return this.#detachedness;
  }

  get distance(): Int32Array {
    this.#distance ??= asInt32(this.#columns, 'distance');
    return this.#distance;
  }

  holderOf(edge: IndexIntoHeapEdges): IndexIntoHeapNodes {
    const { firstEdge } = this.#cells.graph.nodes;
    // The last node whose edges begin no later: those before it that begin there have none.
    let from = 0;
    let to = this.graph.nodes.length;
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      if (firstEdge.get(middle) <= edge) from = middle;
      else to = middle;
    }
    return from;
  }
}

class IndexedNodes implements HeapNodes {
  readonly length: number;
  readonly #columns: IndexColumns;
  #type: Uint8Array | undefined;
  #name: Uint32Array | undefined;
  #id: Uint32Array | undefined;
  #selfSize: Float64Array | Uint32Array | undefined;
  #firstEdge: Uint32Array | undefined;
  #detachedness: Uint8Array | undefined;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
    this.length = columns.lengthOf('nodes.type');
  }

  get type(): Uint8Array {
    this.#type ??= asUint8(this.#columns, 'nodes.type');
    return this.#type;
  }

  get name(): Uint32Array {
    this.#name ??= asUint32(this.#columns, 'nodes.name');
    return this.#name;
  }

  get id(): Uint32Array {
    this.#id ??= asUint32(this.#columns, 'nodes.id');
    return this.#id;
  }

  get selfSize(): Float64Array | Uint32Array {
    this.#selfSize ??= asSizes(this.#columns, 'nodes.selfSize');
    return this.#selfSize;
  }

  get firstEdge(): Uint32Array {
    this.#firstEdge ??= asUint32(this.#columns, 'nodes.firstEdge');
    return this.#firstEdge;
  }

  get detachedness(): Uint8Array | undefined {
    this.#detachedness ??= findUint8(this.#columns, 'nodes.detachedness');
    return this.#detachedness;
  }
}

class IndexedEdges implements HeapEdges {
  readonly length: number;
  readonly #columns: IndexColumns;
  #type: Uint8Array | undefined;
  #nameOrIndex: Uint32Array | undefined;
  #to: Uint32Array | undefined;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
    this.length = columns.lengthOf('edges.type');
  }

  get type(): Uint8Array {
    this.#type ??= asUint8(this.#columns, 'edges.type');
    return this.#type;
  }

  get nameOrIndex(): Uint32Array {
    this.#nameOrIndex ??= asUint32(this.#columns, 'edges.nameOrIndex');
    return this.#nameOrIndex;
  }

  get to(): Uint32Array {
    this.#to ??= asUint32(this.#columns, 'edges.to');
    return this.#to;
  }
}

class IndexedStrings implements HeapStrings {
  readonly length: number;
  readonly #columns: IndexColumns;
  #texts: ByteStrings | undefined;

  constructor(columns: IndexColumns) {
    this.#columns = columns;
    this.length = columns.lengthOf('strings.start') - 1;
  }

  get bytes(): Uint8Array {
    return this.#all.bytes;
  }

  get start(): Uint32Array {
    return this.#all.start;
  }

  text(index: number): string {
    return this.#all.text(index);
  }

  get #all(): ByteStrings {
    this.#texts ??= new ByteStrings(
      asUint8(this.#columns, 'strings.bytes'),
      asUint32(this.#columns, 'strings.start'),
    );
    return this.#texts;
  }
}
