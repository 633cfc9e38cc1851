import type { Cells } from '../model/heap-cells.ts';
import type { Column, ColumnKind } from './index-layout.ts';
import { IndexUnusable } from './index-table.ts';

/** The columns of an index, each read when it is first asked for. */
export interface IndexColumns {
  has(name: string): boolean;
  /** The same one each time. @throws IndexUnusable when it is not what was written */
  read(name: string): Column;
  /** Without reading it. @throws IndexUnusable when there is none */
  lengthOf(name: string): number;
  /** Without reading it. @throws IndexUnusable when there is none */
  kindOf(name: string): ColumnKind;
  /**
   * Without reading it: of what is looked at no more than a block is read.
   *
   * @throws IndexUnusable when there is none, and later when a block is not what was written
   */
  cells(name: string): Cells;
}

/** @throws IndexUnusable when there is none, or of another kind */
export function cellsOf(columns: IndexColumns, name: string, ...kinds: readonly ColumnKind[]): Cells {
  if (!kinds.includes(columns.kindOf(name))) throw wrongKind(name);
  return columns.cells(name);
}

export function findUint8(columns: IndexColumns, name: string): Uint8Array | undefined {
  return columns.has(name) ? asUint8(columns, name) : undefined;
}

export function asUint8(columns: IndexColumns, name: string): Uint8Array {
  const column = columns.read(name);
  if (column instanceof Uint8Array) return column;
  throw wrongKind(name);
}

export function asUint32(columns: IndexColumns, name: string): Uint32Array {
  const column = columns.read(name);
  if (column instanceof Uint32Array) return column;
  throw wrongKind(name);
}

export function asInt32(columns: IndexColumns, name: string): Int32Array {
  const column = columns.read(name);
  if (column instanceof Int32Array) return column;
  throw wrongKind(name);
}

export function asFloat64(columns: IndexColumns, name: string): Float64Array {
  const column = columns.read(name);
  if (column instanceof Float64Array) return column;
  throw wrongKind(name);
}

export function asSizes(columns: IndexColumns, name: string): Float64Array | Uint32Array {
  const column = columns.read(name);
  if (column instanceof Float64Array || column instanceof Uint32Array) return column;
  throw wrongKind(name);
}

function wrongKind(name: string): IndexUnusable {
  return new IndexUnusable(`its column ${name} is of another kind`);
}
