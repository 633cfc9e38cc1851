import { ProfileShapeError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { DETACHEDNESS, type HeapNodes } from '../model/heap-graph.ts';
import { firstCapacity, LargestIndex, nextCapacity, RowCursor, type RowTaker } from './row-cursor.ts';
import type { NodeLayout, SnapshotHead } from './snapshot-head.ts';

/** As the file calls them. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  type: 'type',
  name: 'name',
  id: 'id',
  selfSize: 'self_size',
  edgeCount: 'edge_count',
  detachedness: 'detachedness',
};
const MAX_EDGES = 2 ** 32 - 2;

/** Sorts the numbers of `nodes` into columns. */
export class NodeRows implements RowTaker {
  readonly names = new LargestIndex();
  readonly #memory: HeapMemory;
  readonly #layout: NodeLayout;
  readonly #cursor: RowCursor;
  #capacity: number;
  #type: Uint8Array<ArrayBuffer>;
  #name: Uint32Array<ArrayBuffer>;
  #id: Uint32Array<ArrayBuffer>;
  #selfSize: Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  #firstEdge: Uint32Array<ArrayBuffer>;
  #detachedness: Uint8Array<ArrayBuffer> | undefined;
  #length = 0;
  #edgeCount = 0;
  /** The size of the row that is taken next, where it does not fit its column. */
  #wideSize: number | undefined;

  constructor(memory: HeapMemory, head: SnapshotHead, fileBytes: number | undefined) {
    this.#memory = memory;
    this.#layout = head.nodes;
    this.#cursor = new RowCursor(this, head.nodes.fields);
    this.#capacity = firstCapacity(head.nodeCount, head.nodes.fields, fileBytes);
    this.#type = memory.uint8(this.#capacity);
    this.#name = memory.uint32(this.#capacity);
    this.#id = memory.uint32(this.#capacity);
    this.#selfSize = memory.uint32(this.#capacity);
    this.#firstEdge = memory.uint32(this.#capacity + 1);
    this.#detachedness = head.nodes.detachedness < 0 ? undefined : memory.uint8(this.#capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The edges that all nodes together say they have. */
  get edgeCount(): number {
    return this.#edgeCount;
  }

  take(values: Uint32Array, begins: Int32Array, count: number, chunkByte: number): void {
    this.#cursor.take(values, begins, count, chunkByte);
  }

  takeOddNumber(value: number, beginByte: number): void {
    this.#cursor.takeOdd(value, beginByte);
  }

  takeRows(values: Uint32Array, begins: Int32Array, from: number, rows: number, chunkByte: number): void {
    const first = this.#length;
    if (first + rows > this.#capacity) this.#resize(nextCapacity(first + rows, this.#capacity, 'nodes'));
    const { fields, types } = this.#layout;
    const {
      type: typeAt,
      name: nameAt,
      id: idAt,
      selfSize: selfSizeAt,
      edgeCount: edgeCountAt,
    } = this.#layout;
    const type = this.#type;
    const name = this.#name;
    const id = this.#id;
    const selfSize = this.#selfSize;
    const firstEdge = this.#firstEdge;
    let largestName = this.names.value;
    let edgeCount = this.#edgeCount;
    for (let row = first, begin = from; row < first + rows; row++, begin += fields) {
      const fileType = values[begin + typeAt] as number;
      const nodeName = values[begin + nameAt] as number;
      if (fileType >= types.length)
        refuseField('type', fileType, chunkByte + (begins[begin + typeAt] as number), row);
      type[row] = types[fileType] as number;
      name[row] = nodeName;
      id[row] = values[begin + idAt] as number;
      selfSize[row] = values[begin + selfSizeAt] as number;
      firstEdge[row] = edgeCount;
      edgeCount += values[begin + edgeCountAt] as number;
      if (edgeCount > MAX_EDGES) this.#refuseEdges(chunkByte + (begins[begin + edgeCountAt] as number), row);
      if (nodeName > largestName) {
        largestName = nodeName;
        this.names.note(nodeName, chunkByte + (begins[begin + nameAt] as number), row);
      }
    }
    this.#edgeCount = edgeCount;
    this.#length = first + rows;
    if (this.#wideSize !== undefined) this.#putWideSize(this.#wideSize, first);
    if (this.#detachedness !== undefined)
      this.#takeDetachedness(this.#detachedness, values, begins, from, first, chunkByte);
  }

  /** More than 4 GiB in one object: rare, and never to be cut. */
  takeOdd(field: number, value: number, beginByte: number): void {
    const { fields, types, ...layout } = this.#layout;
    if (field === layout.selfSize && Number.isSafeInteger(value) && value > 0) {
      this.#wideSize = value;
      return;
    }
    const known = Object.entries(layout).find(([, place]) => place === field)?.[0] ?? 'field';
    refuseField(FIELD_NAMES[known] ?? 'field', value, beginByte, this.#length);
  }

  /** @param atByte where the section ends */
  end(atByte: number): void {
    if (this.#cursor.restOfRow > 0)
      throw new ProfileShapeError(`nodes[${this.#length}]`, 'ends in the middle of a row', atByte);
    if (this.#length === 0) throw new ProfileShapeError('nodes', 'is empty', atByte);
  }

  finish(): HeapNodes {
    this.#firstEdge[this.#length] = this.#edgeCount;
    if (this.#capacity > this.#length) this.#resize(this.#length);
    return {
      length: this.#length,
      type: this.#type,
      name: this.#name,
      id: this.#id,
      selfSize: this.#selfSize,
      firstEdge: this.#firstEdge,
      detachedness: this.#detachedness,
    };
  }

  #takeDetachedness(
    detachedness: Uint8Array,
    values: Uint32Array,
    begins: Int32Array,
    from: number,
    first: number,
    chunkByte: number,
  ): void {
    const { fields } = this.#layout;
    for (let row = first, at = from + this.#layout.detachedness; row < this.#length; row++, at += fields) {
      const state = values[at] as number;
      if (state > DETACHEDNESS.detached)
        refuseField('detachedness', state, chunkByte + (begins[at] as number), row);
      detachedness[row] = state;
    }
  }

  #refuseEdges(atByte: number, row: number): never {
    throw new ProfileShapeError(
      `nodes[${row}].edge_count`,
      'is too large together with those before',
      atByte,
    );
  }

  #putWideSize(size: number, row: number): void {
    this.#wideSize = undefined;
    if (this.#selfSize instanceof Uint32Array) {
      const wide = this.#memory.float64(this.#capacity);
      wide.set(this.#selfSize);
      this.#memory.release(this.#selfSize);
      this.#selfSize = wide;
    }
    this.#selfSize[row] = size;
  }

  #resize(capacity: number): void {
    const memory = this.#memory;
    this.#type = new Uint8Array(memory.resize(this.#type, capacity));
    this.#name = new Uint32Array(memory.resize(this.#name, capacity * 4));
    this.#id = new Uint32Array(memory.resize(this.#id, capacity * 4));
    this.#firstEdge = new Uint32Array(memory.resize(this.#firstEdge, (capacity + 1) * 4));
    this.#selfSize =
      this.#selfSize instanceof Float64Array
        ? new Float64Array(memory.resize(this.#selfSize, capacity * 8))
        : new Uint32Array(memory.resize(this.#selfSize, capacity * 4));
    if (this.#detachedness !== undefined)
      this.#detachedness = new Uint8Array(memory.resize(this.#detachedness, capacity));
    this.#capacity = capacity;
  }
}

function refuseField(field: string, value: number, atByte: number, row: number): never {
  throw new ProfileShapeError(`nodes[${row}].${field}`, `cannot be ${value}`, atByte);
}
