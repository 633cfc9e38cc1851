import { ProfileShapeError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { DETACHEDNESS, type HeapNodes } from '../model/heap-graph.ts';
import { PlainRows } from './plain-rows/plain-rows.ts';
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
  #type: Uint8Array;
  #name: Uint32Array;
  #id: Uint32Array;
  #selfSize: Uint32Array | Float64Array;
  #firstEdge: Uint32Array;
  #detachedness: Uint8Array | undefined;
  #length = 0;
  #edgeCount = 0;
  /** The size of the row that is taken next, where it does not fit its column. */
  #wideSize: number | undefined;
  readonly #plain = PlainRows.shared;

  constructor(memory: HeapMemory, head: SnapshotHead, fileBytes: number | undefined) {
    this.#memory = memory;
    this.#layout = head.nodes;
    this.#cursor = new RowCursor(this, head.nodes.fields);
    this.#capacity = firstCapacity(head.nodeCount, head.nodes.fields, fileBytes);
    this.#type = memory.kept.uint8(this.#capacity);
    this.#name = memory.kept.uint32(this.#capacity);
    this.#id = memory.kept.uint32(this.#capacity);
    this.#selfSize = memory.kept.uint32(this.#capacity);
    this.#firstEdge = memory.kept.uint32(this.#capacity + 1);
    this.#detachedness = head.nodes.detachedness < 0 ? undefined : memory.kept.uint8(this.#capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The edges that all nodes together say they have. */
  get edgeCount(): number {
    return this.#edgeCount;
  }

  takeNumber(value: number, beginByte: number): void {
    this.#cursor.put(value, beginByte);
  }

  /** Takes rows as V8 writes them; see `JsonSink.takeAhead`. What is wrong with one is said by whoever takes it number by number. */
  takeAhead(chunk: Uint8Array, from: number, chunkByte: number): number {
    const plain = this.#plain;
    if (plain === undefined || this.#cursor.restOfRow > 0) return from;
    if (this.#length === this.#capacity) this.#grow();
    const { fields, name: nameAt } = this.#layout;
    const row = this.#length;
    const read = Math.floor(plain.read(chunk, from) / fields);
    const nodes = plain.nodes(Math.min(read, this.#capacity - row), this.#layout, this.#edgeCount, MAX_EDGES);
    this.#type.set(nodes.type, row);
    this.#name.set(nodes.name, row);
    this.#id.set(nodes.id, row);
    this.#selfSize.set(nodes.selfSize, row);
    this.#firstEdge.set(nodes.firstEdge, row);
    this.#detachedness?.set(nodes.detachedness, row);
    this.#edgeCount = nodes.edgeCount;
    const { rowOfLargestName: ofName } = nodes;
    if (ofName >= 0)
      this.names.noteLater({
        value: nodes.name[ofName] as number,
        atByte: chunkByte + from + plain.beginOf(ofName * fields + nameAt),
        row: row + ofName,
      });
    this.#length = row + nodes.type.length;
    return from + plain.beginOf(nodes.type.length * fields);
  }

  takeRow(values: Uint32Array, begins: Float64Array): void {
    if (this.#length === this.#capacity) this.#grow();
    const layout = this.#layout;
    const row = this.#length++;
    const fileType = values[layout.type] as number;
    const nodeName = values[layout.name] as number;
    if (fileType >= layout.types.length) refuseField('type', fileType, begins[layout.type] as number, row);
    this.#type[row] = layout.types[fileType] as number;
    this.#name[row] = nodeName;
    if (nodeName > this.names.value) this.names.note(nodeName, begins[layout.name] as number, row);
    this.#id[row] = values[layout.id] as number;
    if (this.#wideSize === undefined) this.#selfSize[row] = values[layout.selfSize] as number;
    else this.#putWideSize(this.#wideSize, row);
    this.#firstEdge[row] = this.#edgeCount;
    this.#edgeCount += values[layout.edgeCount] as number;
    if (this.#edgeCount > MAX_EDGES) this.#refuseEdges(begins[layout.edgeCount] as number, row);
    if (this.#detachedness === undefined) return;
    const state = values[layout.detachedness] as number;
    if (state > DETACHEDNESS.detached)
      refuseField('detachedness', state, begins[layout.detachedness] as number, row);
    this.#detachedness[row] = state;
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

  #grow(): void {
    this.#resize(nextCapacity(this.#length + 1, this.#capacity, 'nodes'));
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
      const wide = this.#memory.kept.float64(this.#capacity);
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
