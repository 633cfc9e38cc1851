import { ProfileShapeError } from '../errors.ts';

const UNKNOWN = -1;

/** Finds the row of a node by the id that the file gave it. */
export interface NodeRows {
  /** -1 for an id that no node has. */
  rowOf(id: number): number;
}

/** How the file calls the id in a row. */
type NameId = (row: number) => string;

/** @throws ProfileShapeError when an id occurs twice or is not a whole number. */
export function toNodeRows(ids: Int32Array | Float64Array, nameOf: NameId): NodeRows {
  let largest = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    if (!Number.isSafeInteger(id) || id < 0)
      throw new ProfileShapeError(nameOf(row), 'is not a whole number');
    if (id > largest) largest = id;
  }
  // V8 numbers its nodes from 1: a plain table is smaller and faster than a map unless a file numbers them sparsely.
  return largest < ids.length * 4 + 1024 ? denseRows(ids, largest, nameOf) : sparseRows(ids, nameOf);
}

function denseRows(ids: Int32Array | Float64Array, largest: number, nameOf: NameId): NodeRows {
  const rows = new Int32Array(largest + 1).fill(UNKNOWN);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    if (rows[id] !== UNKNOWN) throw duplicate(nameOf(row), id);
    rows[id] = row;
  }
  return { rowOf: (id) => rows[id] ?? UNKNOWN };
}

function sparseRows(ids: Int32Array | Float64Array, nameOf: NameId): NodeRows {
  const rows = new Map<number, number>();
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    if (rows.has(id)) throw duplicate(nameOf(row), id);
    rows.set(id, row);
  }
  return { rowOf: (id) => rows.get(id) ?? UNKNOWN };
}

function duplicate(field: string, id: number): ProfileShapeError {
  return new ProfileShapeError(field, `is ${id}, which another node has already`);
}
