import { ProfileShapeError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { HEAP_EDGE_TYPES, type HeapEdges } from '../model/heap-graph.ts';
import { PlainRows } from './plain-rows/plain-rows.ts';
import { firstCapacity, LargestIndex, nextCapacity, RowCursor, type RowTaker } from './row-cursor.ts';
import type { EdgeLayout, SnapshotHead } from './snapshot-head.ts';
import type { TailEdges, TailRows } from './snapshot-tail.ts';

/** As the file calls them. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  type: 'type',
  nameOrIndex: 'name_or_index',
  to: 'to_node',
};
const ELEMENT = HEAP_EDGE_TYPES.indexOf('element');
const HIDDEN = HEAP_EDGE_TYPES.indexOf('hidden');

/** In all columns. */
export const BYTES_OF_EDGE = 9;

/** Of all edges, or with room for more. */
export type EdgeColumns = Omit<HeapEdges, 'length'>;

/** Sorts the numbers of `edges` into columns. */
export class EdgeRows implements RowTaker {
  readonly names = new LargestIndex();
  readonly targets = new LargestIndex();
  readonly #memory: HeapMemory;
  readonly #layout: EdgeLayout;
  readonly #nodeFields: number;
  readonly #cursor: RowCursor;
  #capacity: number;
  #type: Uint8Array;
  #nameOrIndex: Uint32Array;
  #to: Uint32Array;
  #length = 0;
  /** Where columns that somebody else has as well are filled from. */
  #firstRow: number | undefined;
  /** What the row that is taken next says as its target, where that does not fit 32 bits. */
  #farPlace: number | undefined;
  readonly #plain = PlainRows.shared;

  /** @param columns made for as many as there are likely to be, where there are none yet */
  constructor(
    memory: HeapMemory,
    head: SnapshotHead,
    fileBytes: number | undefined,
    columns = newColumns(memory, firstCapacity(head.edgeCount, head.edges.fields, fileBytes)),
  ) {
    this.#memory = memory;
    this.#layout = head.edges;
    this.#nodeFields = head.nodes.fields;
    this.#cursor = new RowCursor(this, head.edges.fields);
    this.#type = columns.type;
    this.#nameOrIndex = columns.nameOrIndex;
    this.#to = columns.to;
    this.#capacity = columns.type.length;
  }

  /** One that fills columns of another one from a row on. @throws ProfileShapeError where that is no row of them */
  static into({ columns, firstRow }: TailRows, memory: HeapMemory, head: SnapshotHead): EdgeRows {
    const isThere = Number.isInteger(firstRow) && firstRow >= 0 && firstRow < columns.type.length;
    if (!isThere) throw new ProfileShapeError('edges', 'has other rows than it says');
    const rows = new EdgeRows(memory, head, undefined, columns);
    rows.#length = firstRow;
    rows.#firstRow = firstRow;
    return rows;
  }

  get columns(): EdgeColumns {
    return { type: this.#type, nameOrIndex: this.#nameOrIndex, to: this.#to };
  }

  get length(): number {
    return this.#length;
  }

  /** Whether the next number begins a row. */
  get isBetweenRows(): boolean {
    return this.#cursor.restOfRow === 0;
  }

  takeNumber(value: number, beginByte: number): void {
    this.#cursor.put(value, beginByte);
  }

  /** Takes rows as V8 writes them; see `JsonSink.takeAhead`. What is wrong with one is said by whoever takes it number by number. */
  takeAhead(chunk: Uint8Array, from: number, chunkByte: number): number {
    const plain = this.#plain;
    if (plain === undefined || this.#cursor.restOfRow > 0) return from;
    if (this.#length === this.#capacity) this.#grow();
    const { fields, nameOrIndex: nameAt, to: toAt } = this.#layout;
    const row = this.#length;
    const read = Math.floor(plain.read(chunk, from) / fields);
    const edges = plain.edges(Math.min(read, this.#capacity - row), this.#layout, this.#nodeFields);
    this.#type.set(edges.type, row);
    this.#nameOrIndex.set(edges.nameOrIndex, row);
    this.#to.set(edges.to, row);
    const placeOf = (column: Uint32Array, ofRow: number, field: number) => ({
      value: column[ofRow] as number,
      atByte: chunkByte + from + plain.beginOf(ofRow * fields + field),
      row: row + ofRow,
    });
    const { rowOfLargestName: ofName, rowOfLargestTarget: ofTarget } = edges;
    if (ofName >= 0) this.names.noteLater(placeOf(edges.nameOrIndex, ofName, nameAt));
    if (ofTarget >= 0) this.targets.noteLater(placeOf(edges.to, ofTarget, toAt));
    this.#length = row + edges.type.length;
    return from + plain.beginOf(edges.type.length * fields);
  }

  takeRow(values: Uint32Array, begins: Float64Array): void {
    if (this.#length === this.#capacity) this.#grow();
    const row = this.#length++;
    const { types, type: typeAt, nameOrIndex: nameAt, to: toAt } = this.#layout;
    const fileType = values[typeAt] as number;
    const name = values[nameAt] as number;
    if (fileType >= types.length) refuseField('type', fileType, begins[typeAt] as number, row);
    const edgeType = types[fileType] as number;
    this.#type[row] = edgeType;
    this.#nameOrIndex[row] = name;
    if (name > this.names.value && edgeType !== ELEMENT && edgeType !== HIDDEN)
      this.names.note(name, begins[nameAt] as number, row);
    const place = this.#farPlace ?? (values[toAt] as number);
    this.#farPlace = undefined;
    const target = place / this.#nodeFields;
    if (target >>> 0 !== target) this.#refuseTarget(place, begins[toAt] as number, row);
    this.#to[row] = target;
    if (target > this.targets.value) this.targets.note(target, begins[toAt] as number, row);
  }

  /** Of seven hundred million nodes and more the last begin beyond 32 bits. */
  takeOdd(field: number, value: number, beginByte: number): void {
    const { fields, types, ...layout } = this.#layout;
    const row = this.#length;
    if (field === layout.to) {
      this.#farPlace = value;
      return;
    }
    const known = Object.entries(layout).find(([, place]) => place === field)?.[0] ?? 'field';
    refuseField(FIELD_NAMES[known] ?? 'field', value, beginByte, row);
  }

  /** @param atByte where the section ends */
  end(atByte: number): void {
    if (this.#cursor.restOfRow > 0)
      throw new ProfileShapeError(`edges[${this.#length}]`, 'ends in the middle of a row', atByte);
  }

  /** Goes on behind rows that another one has put into the same columns, who began where this one ended. */
  goTo({ endRow, largestName, largestTarget }: TailEdges): void {
    this.names.noteLater(largestName);
    this.targets.noteLater(largestTarget);
    this.#length = endRow;
  }

  finishTail(): TailEdges {
    const { names, targets } = this;
    return {
      firstRow: this.#firstRow ?? 0,
      endRow: this.#length,
      largestName: { value: names.value, atByte: names.atByte, row: names.row },
      largestTarget: { value: targets.value, atByte: targets.atByte, row: targets.row },
    };
  }

  finish(): HeapEdges {
    if (this.#capacity > this.#length) this.#resize(this.#length);
    return { length: this.#length, ...this.columns };
  }

  #grow(): void {
    if (this.#firstRow !== undefined) throw new ProfileShapeError('edges', 'has more rows than it says');
    this.#resize(nextCapacity(this.#length + 1, this.#capacity, 'edges'));
  }

  #refuseTarget(place: number, atByte: number, row: number): never {
    const what = `cannot be ${place}, no multiple of ${this.#nodeFields}`;
    throw new ProfileShapeError(`edges[${row}].to_node`, what, atByte);
  }

  #resize(capacity: number): void {
    this.#type = new Uint8Array(this.#memory.resize(this.#type, capacity));
    this.#nameOrIndex = new Uint32Array(this.#memory.resize(this.#nameOrIndex, capacity * 4));
    this.#to = new Uint32Array(this.#memory.resize(this.#to, capacity * 4));
    this.#capacity = capacity;
  }
}

function newColumns({ kept }: HeapMemory, length: number): EdgeColumns {
  return { type: kept.uint8(length), nameOrIndex: kept.uint32(length), to: kept.uint32(length) };
}

function refuseField(field: string, value: number, atByte: number, row: number): never {
  throw new ProfileShapeError(`edges[${row}].${field}`, `cannot be ${value}`, atByte);
}
