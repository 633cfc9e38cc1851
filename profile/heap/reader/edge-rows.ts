import { ProfileShapeError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { HEAP_EDGE_TYPES, type HeapEdges } from '../model/heap-graph.ts';
import { firstCapacity, LargestIndex, nextCapacity, RowCursor, type RowTaker } from './row-cursor.ts';
import type { EdgeLayout, SnapshotHead } from './snapshot-head.ts';

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

  take(values: Float64Array, beginBytes: Float64Array, count: number): void {
    this.#cursor.take(values, beginBytes, count);
  }

  takeRows(values: Float64Array, beginBytes: Float64Array, from: number, rows: number): void {
    const first = this.#length;
    if (first + rows > this.#capacity) this.#resize(nextCapacity(first + rows, this.#capacity, 'edges'));
    const layout = this.#layout;
    const { fields, types } = layout;
    const nodeFields = this.#nodeFields;
    const [type, nameOrIndex, to] = [this.#type, this.#nameOrIndex, this.#to];
    let largestName = this.names.value;
    let largestTarget = this.targets.value;
    for (let row = first, at = from; row < first + rows; row++, at += fields) {
      const fileType = values[at + layout.type] as number;
      const name = values[at + layout.nameOrIndex] as number;
      const target = (values[at + layout.to] as number) / nodeFields;
      const isSound =
        fileType >>> 0 === fileType &&
        fileType < types.length &&
        name >>> 0 === name &&
        target >>> 0 === target;
      if (!isSound) this.#refuse(values, beginBytes, at, row);
      const edgeType = types[fileType] as number;
      type[row] = edgeType;
      nameOrIndex[row] = name;
      to[row] = target;
      if (name > largestName && edgeType !== ELEMENT && edgeType !== HIDDEN) {
        largestName = name;
        this.names.note(name, beginBytes[at + layout.nameOrIndex] as number, row);
      }
      if (target > largestTarget) {
        largestTarget = target;
        this.targets.note(target, beginBytes[at + layout.to] as number, row);
      }
    }
    this.#length = first + rows;
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

  #refuse(values: Float64Array, beginBytes: Float64Array, at: number, row: number): never {
    const { type, nameOrIndex, to } = this.#layout;
    const refuse = (field: string, place: number, what: string): never => {
      const offset = beginBytes[at + place] as number;
      throw new ProfileShapeError(`edges[${row}].${field}`, what, offset);
    };
    const name = values[at + nameOrIndex] as number;
    const target = values[at + to] as number;
    if (name >>> 0 !== name) refuse('name_or_index', nameOrIndex, `cannot be ${name}`);
    if ((target / this.#nodeFields) >>> 0 !== target / this.#nodeFields)
      refuse('to_node', to, `cannot be ${target}, no multiple of ${this.#nodeFields}`);
    return refuse('type', type, `cannot be ${values[at + type]}`);
  }

  #resize(capacity: number): void {
    this.#type = new Uint8Array(this.#memory.resize(this.#type, capacity));
    this.#nameOrIndex = new Uint32Array(this.#memory.resize(this.#nameOrIndex, capacity * 4));
    this.#to = new Uint32Array(this.#memory.resize(this.#to, capacity * 4));
    this.#capacity = capacity;
  }
}
