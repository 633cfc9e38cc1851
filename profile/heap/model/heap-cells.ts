import type { HeapAnalysis, HeapGraph } from './heap-graph.ts';

/**
 * A column of which single rows are looked at: one that is there as a whole, or one that is read piece by piece as it is looked
 * at. Loops over all rows go over typed arrays instead.
 */
export interface Cells {
  readonly length: number;
  get(index: number): number;
}

/** A column that is there. (The `at` of a typed array would do the same, ten times slower.) */
export class ArrayCells implements Cells {
  readonly #column: ArrayLike<number>;

  constructor(column: ArrayLike<number>) {
    this.#column = column;
  }

  get length(): number {
    return this.#column.length;
  }

  get(index: number): number {
    return this.#column[index] as number;
  }
}

/** Some rows, copied. */
export function sliceOf(cells: Cells, from = 0, to = cells.length): Uint32Array<ArrayBuffer> {
  const slice = new Uint32Array(to - from);
  for (let row = from; row < to; row++) slice[row - from] = cells.get(row);
  return slice;
}

/** What is told of single objects is read here. */
export interface GraphCells {
  readonly nodes: {
    readonly type: Cells;
    readonly name: Cells;
    readonly id: Cells;
    readonly firstEdge: Cells;
  };
  readonly edges: { readonly type: Cells; readonly nameOrIndex: Cells; readonly to: Cells };
  readonly strings: { readonly start: Cells; text(index: number): string };
}

/** An analysis, looked at row by row. */
export interface AnalysisCells {
  readonly graph: GraphCells;
  readonly firstRetainer: Cells;
  readonly retainingEdge: Cells;
  readonly dominator: Cells;
  readonly shallowSize: Cells;
  readonly retainedSize: Cells;
  readonly detachedness: Cells | undefined;
  readonly distance: Cells;
}

/** Compressed rows: where each begins, and all of them. */
export interface RowCells {
  readonly first: Cells;
  readonly nodes: Cells;
}

/** A heap, looked at row by row. */
export interface HeapCells {
  readonly analysis: AnalysisCells;
  readonly classOf: Cells;
  readonly dominated: RowCells;
}

export function toAnalysisCells(analysis: HeapAnalysis): AnalysisCells {
  const { detachedness } = analysis;
  return {
    graph: toGraphCells(analysis.graph),
    firstRetainer: new ArrayCells(analysis.firstRetainer),
    retainingEdge: new ArrayCells(analysis.retainingEdge),
    dominator: new ArrayCells(analysis.dominator),
    shallowSize: new ArrayCells(analysis.shallowSize),
    retainedSize: new ArrayCells(analysis.retainedSize),
    detachedness: detachedness && new ArrayCells(detachedness),
    distance: new ArrayCells(analysis.distance),
  };
}

export function toGraphCells({ nodes, edges, strings }: HeapGraph): GraphCells {
  return {
    nodes: {
      type: new ArrayCells(nodes.type),
      name: new ArrayCells(nodes.name),
      id: new ArrayCells(nodes.id),
      firstEdge: new ArrayCells(nodes.firstEdge),
    },
    edges: {
      type: new ArrayCells(edges.type),
      nameOrIndex: new ArrayCells(edges.nameOrIndex),
      to: new ArrayCells(edges.to),
    },
    strings: { start: new ArrayCells(strings.start), text: (index) => strings.text(index) },
  };
}

export function toRowCells({ first, nodes }: Readonly<Record<keyof RowCells, Uint32Array>>): RowCells {
  return { first: new ArrayCells(first), nodes: new ArrayCells(nodes) };
}
