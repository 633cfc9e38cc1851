import { ProfileShapeError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { DETACHEDNESS, type HeapNodes } from '../model/heap-graph.ts';
import { firstCapacity, LargestIndex, nextCapacity, RowCursor, type RowTaker } from './row-cursor.ts';
import type { NodeLayout, SnapshotHead } from './snapshot-head.ts';

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

  take(values: Float64Array, beginBytes: Float64Array, count: number): void {
    this.#cursor.take(values, beginBytes, count);
  }

  takeRows(values: Float64Array, beginBytes: Float64Array, from: number, rows: number): void {
    const first = this.#length;
    if (first + rows > this.#capacity) this.#grow(first + rows);
    const layout = this.#layout;
    const { fields, types } = layout;
    const [type, name, id, firstEdge] = [this.#type, this.#name, this.#id, this.#firstEdge];
    let largestName = this.names.value;
    let edgeCount = this.#edgeCount;
    for (let row = first, at = from; row < first + rows; row++, at += fields) {
      const fileType = values[at + layout.type] as number;
      const nodeName = values[at + layout.name] as number;
      const nodeId = values[at + layout.id] as number;
      const selfSize = values[at + layout.selfSize] as number;
      const edges = values[at + layout.edgeCount] as number;
      const isSound =
        fileType >>> 0 === fileType &&
        fileType < types.length &&
        nodeName >>> 0 === nodeName &&
        nodeId >>> 0 === nodeId &&
        edges >>> 0 === edges;
      if (!isSound) this.#refuse(values, beginBytes, at, row);
      type[row] = types[fileType] as number;
      name[row] = nodeName;
      id[row] = nodeId;
      if (selfSize >>> 0 !== selfSize) this.#widen(selfSize, beginBytes[at + layout.selfSize] as number, row);
      this.#selfSize[row] = selfSize;
      firstEdge[row] = edgeCount;
      edgeCount += edges;
      if (edgeCount > MAX_EDGES) this.#refuseEdges(beginBytes[at + layout.edgeCount] as number, row);
      if (nodeName > largestName) {
        largestName = nodeName;
        this.names.note(nodeName, beginBytes[at + layout.name] as number, row);
      }
    }
    this.#edgeCount = edgeCount;
    this.#length = first + rows;
    if (this.#detachedness !== undefined)
      this.#takeDetachedness(this.#detachedness, values, beginBytes, from, first);
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
    values: Float64Array,
    beginBytes: Float64Array,
    from: number,
    first: number,
  ): void {
    const { fields } = this.#layout;
    for (let row = first, at = from + this.#layout.detachedness; row < this.#length; row++, at += fields) {
      const state = values[at] as number;
      if (state !== 0 && state !== 1 && state !== DETACHEDNESS.detached)
        refuseField('detachedness', state, beginBytes[at] as number, row);
      detachedness[row] = state;
    }
  }

  #refuse(values: Float64Array, beginBytes: Float64Array, at: number, row: number): never {
    const { type, name, id, edgeCount } = this.#layout;
    const fields = [
      ['name', name],
      ['id', id],
      ['edge_count', edgeCount],
      ['type', type],
    ] as const;
    const wrong = fields.find(([, place]) => !isUint32(values[at + place] as number)) ?? fields[3];
    const place = at + wrong[1];
    refuseField(wrong[0], values[place] as number, beginBytes[place] as number, row);
  }

  #refuseEdges(atByte: number, row: number): never {
    throw new ProfileShapeError(
      `nodes[${row}].edge_count`,
      'is too large together with those before',
      atByte,
    );
  }

  /** More than 4 GiB in one object: rare, and never to be cut. */
  #widen(selfSize: number, atByte: number, row: number): void {
    if (!(Number.isSafeInteger(selfSize) && selfSize >= 0)) refuseField('self_size', selfSize, atByte, row);
    if (this.#selfSize instanceof Float64Array) return;
    const wide = this.#memory.float64(this.#capacity);
    wide.set(this.#selfSize);
    this.#memory.release(this.#selfSize);
    this.#selfSize = wide;
  }

  #grow(needed: number): void {
    this.#resize(nextCapacity(needed, this.#capacity, 'nodes'));
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

function isUint32(value: number): boolean {
  return value >>> 0 === value;
}

function refuseField(field: string, value: number, atByte: number, row: number): never {
  throw new ProfileShapeError(`nodes[${row}].${field}`, `cannot be ${value}`, atByte);
}
