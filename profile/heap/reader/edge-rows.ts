import { ProfileShapeError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { HEAP_EDGE_TYPES, type HeapEdges } from '../model/heap-graph.ts';
import { firstCapacity, LargestIndex, nextCapacity, RowCursor, type RowTaker } from './row-cursor.ts';
import type { EdgeLayout, SnapshotHead } from './snapshot-head.ts';

/** As the file calls them. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  type: 'type',
  nameOrIndex: 'name_or_index',
  to: 'to_node',
};
const ELEMENT = HEAP_EDGE_TYPES.indexOf('element');
const HIDDEN = HEAP_EDGE_TYPES.indexOf('hidden');

/** Sorts the numbers of `edges` into columns. */
export class EdgeRows implements RowTaker {
  readonly names = new LargestIndex();
  readonly targets = new LargestIndex();
  readonly #memory: HeapMemory;
  readonly #layout: EdgeLayout;
  readonly #nodeFields: number;
  readonly #cursor: RowCursor;
  #capacity: number;
  #type: Uint8Array<ArrayBuffer>;
  #nameOrIndex: Uint32Array<ArrayBuffer>;
  #to: Uint32Array<ArrayBuffer>;
  #length = 0;
  /** The target of the row that is taken next, where the file's number for it does not fit 32 bits; -1: it does. */
  #farTarget = -1;

  constructor(memory: HeapMemory, head: SnapshotHead, fileBytes: number | undefined) {
    this.#memory = memory;
    this.#layout = head.edges;
    this.#nodeFields = head.nodes.fields;
    this.#cursor = new RowCursor(this, head.edges.fields);
    this.#capacity = firstCapacity(head.edgeCount, head.edges.fields, fileBytes);
    this.#type = memory.uint8(this.#capacity);
    this.#nameOrIndex = memory.uint32(this.#capacity);
    this.#to = memory.uint32(this.#capacity);
  }

  get length(): number {
    return this.#length;
  }

  take(values: Uint32Array, begins: Int32Array, count: number, chunkByte: number): void {
    this.#cursor.take(values, begins, count, chunkByte);
  }

  takeOddNumber(value: number, beginByte: number): void {
    this.#cursor.takeOdd(value, beginByte);
  }

  takeRows(values: Uint32Array, begins: Int32Array, from: number, rows: number, chunkByte: number): void {
    const first = this.#length;
    if (first + rows > this.#capacity) this.#resize(nextCapacity(first + rows, this.#capacity, 'edges'));
    const { fields, types, type: typeAt, nameOrIndex: nameAt, to: toAt } = this.#layout;
    const nodeFields = this.#nodeFields;
    const perField = 1 / nodeFields;
    const type = this.#type;
    const nameOrIndex = this.#nameOrIndex;
    const to = this.#to;
    let largestName = this.names.value;
    let largestTarget = this.targets.value;
    for (let row = first, begin = from; row < first + rows; row++, begin += fields) {
      const fileType = values[begin + typeAt] as number;
      const name = values[begin + nameAt] as number;
      const place = values[begin + toAt] as number;
      // Rounded, so that it is exact for every multiple, and cheaper than to divide.
      const target = (place * perField + 0.5) >>> 0;
      if (fileType >= types.length)
        refuseField('type', fileType, chunkByte + (begins[begin + typeAt] as number), row);
      if (target * nodeFields !== place)
        this.#refuseTarget(place, chunkByte + (begins[begin + toAt] as number), row);
      const edgeType = types[fileType] as number;
      type[row] = edgeType;
      nameOrIndex[row] = name;
      to[row] = target;
      if (name > largestName && edgeType !== ELEMENT && edgeType !== HIDDEN) {
        largestName = name;
        this.names.note(name, chunkByte + (begins[begin + nameAt] as number), row);
      }
      if (target > largestTarget) {
        largestTarget = target;
        this.targets.note(target, chunkByte + (begins[begin + toAt] as number), row);
      }
    }
    this.#length = first + rows;
    if (this.#farTarget >= 0) {
      to[first] = this.#farTarget;
      this.#farTarget = -1;
    }
  }

  /** Of seven hundred million nodes and more the last begin beyond 32 bits. */
  takeOdd(field: number, value: number, beginByte: number): void {
    const { fields, types, ...layout } = this.#layout;
    const row = this.#length;
    if (field === layout.to) {
      const target = value / this.#nodeFields;
      if (target >>> 0 !== target) this.#refuseTarget(value, beginByte, row);
      this.#farTarget = target;
      if (target > this.targets.value) this.targets.note(target, beginByte, row);
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

  finish(): HeapEdges {
    if (this.#capacity > this.#length) this.#resize(this.#length);
    return { length: this.#length, type: this.#type, nameOrIndex: this.#nameOrIndex, to: this.#to };
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

function refuseField(field: string, value: number, atByte: number, row: number): never {
  throw new ProfileShapeError(`edges[${row}].${field}`, `cannot be ${value}`, atByte);
}
