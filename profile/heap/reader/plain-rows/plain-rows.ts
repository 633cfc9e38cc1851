import { DETACHEDNESS, HEAP_EDGE_TYPES } from '../../model/heap-graph.ts';
import type { EdgeLayout, NodeLayout } from '../snapshot-head.ts';
import { makeOnce } from '../web-assembly.ts';
import { PLAIN_ROWS_MODULE } from './plain-rows-module.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  read(length: number): number;
  count(length: number): number;
  edges(
    rows: number,
    rowBytes: number,
    typeAt: number,
    nameAt: number,
    toAt: number,
    types: number,
    inverse: number,
    halvings: number,
    largestQuotient: number,
  ): number;
  nodes(
    rows: number,
    rowBytes: number,
    typeAt: number,
    nameAt: number,
    idAt: number,
    sizeAt: number,
    edgesAt: number,
    stateAt: number,
    hasStates: number,
    types: number,
    states: number,
    edgesBefore: number,
    mostEdges: number,
  ): number;
}

// Where everything is, as said in plain-rows.wat.
const LEFT_BEHIND_AT = 0x80;
const TYPES_AT = 0x100;
const HAVE_NAMES_AT = 0x200;
const TEXT_AT = 0x400;
const BEGINS_AT = 0x11000;
const VALUES_AT = 0x53080;
const TYPE_COLUMN_AT = 0x740c0;
const STATE_COLUMN_AT = 0x7c100;
const COLUMNS_AT = [0x84140, 0xa5180, 0xc61c0, 0xe7200] as const;

const MOST_TYPES = 256;
const MOST_BYTES = 1 << 16;
/** 64 bytes are looked at together. */
const ZEROS_BEHIND = 128;
/** A digit and a comma are the shortest. */
const MOST_NUMBERS = MOST_BYTES / 2;
const FEW_BYTES = 1 << 9;

/** Edges have names, but for these, which have numbers. */
const NUMBERED_EDGES: readonly number[] = [
  HEAP_EDGE_TYPES.indexOf('element'),
  HEAP_EDGE_TYPES.indexOf('hidden'),
];

const { BYTES_PER_ELEMENT } = Uint32Array;

/** Columns of rows that were just read: views that the next call fills anew. */
export interface PlainEdges {
  readonly type: Uint8Array;
  readonly nameOrIndex: Uint32Array;
  readonly to: Uint32Array;
  /** Rows; -1 where there is none. */
  readonly rowOfLargestName: number;
  readonly rowOfLargestTarget: number;
}

/** The same for nodes. */
export interface PlainNodes {
  readonly type: Uint8Array;
  readonly detachedness: Uint8Array;
  readonly name: Uint32Array;
  readonly id: Uint32Array;
  readonly selfSize: Uint32Array;
  /** How many edges there are before each, and behind all. */
  readonly firstEdge: Uint32Array;
  readonly edgeCount: number;
  readonly rowOfLargestName: number;
}

/**
 * Reads rows of numbers as V8 writes them in a snapshot: digits and a comma, in older versions with the end of a line between them. Nine
 * of ten bytes of a snapshot are such rows, a gigabyte has two hundred million numbers. It is WebAssembly for its instructions that work
 * on 16 bytes at once, which JavaScript has none of: where numbers end is looked up in 64 bytes together, and four are made of their
 * digits side by side.
 */
export class PlainRows {
  static readonly #shared = makeOnce(PLAIN_ROWS_MODULE, (exports: Exports) => new PlainRows(exports));
  /** What was read last; edges and nodes are had of it sorted. */
  readonly values: Uint32Array;
  readonly #exports: Exports;
  readonly #text: Uint8Array;
  readonly #begins: Uint32Array;
  readonly #leftBehind: Uint32Array;
  /** How much is given to it at once: little where little of that was such numbers the last time. */
  #bytes = FEW_BYTES;

  private constructor(exports: Exports) {
    const { buffer } = exports.memory;
    this.#exports = exports;
    this.#text = new Uint8Array(buffer, TEXT_AT, MOST_BYTES + ZEROS_BEHIND);
    this.#begins = new Uint32Array(buffer, BEGINS_AT, MOST_NUMBERS + 1);
    this.values = new Uint32Array(buffer, VALUES_AT, MOST_NUMBERS);
    this.#leftBehind = new Uint32Array(buffer, LEFT_BEHIND_AT, 3);
    const haveNames = new Uint8Array(buffer, HAVE_NAMES_AT, MOST_TYPES).fill(1);
    for (const type of NUMBERED_EDGES) haveNames[type] = 0;
  }

  /**
   * One for all in a thread: what it has read is to be taken before anybody else reads. Undefined where no WebAssembly may run:
   * numbers are read one by one there.
   */
  static get shared(): PlainRows | undefined {
    return PlainRows.#shared();
  }

  /**
   * Fills `values` with the numbers below 2 ** 32 that stand in a chunk one after another, each with its comma.
   *
   * @returns how many; there may be more behind them, as it does not read much at once
   */
  read(chunk: Uint8Array, from: number): number {
    const length = this.#take(chunk, from, this.#bytes);
    const count = this.#exports.read(length);
    const isAll = length - this.beginOf(count) < FEW_BYTES / 2;
    this.#bytes = isAll ? Math.min(MOST_BYTES, this.#bytes * 8) : FEW_BYTES;
    return count;
  }

  /** Where a number that was read begins, counted from where reading began; of the one behind the last, where it would begin. */
  beginOf(number: number): number {
    return (this.#begins[number] as number) - TEXT_AT;
  }

  /**
   * Sorts the numbers that were read into columns, up to a row that is no edge.
   *
   * @param most rows; so many were read
   * @param nodeFields what targets are multiples of
   */
  edges(most: number, layout: EdgeLayout, nodeFields: number): PlainEdges {
    const [halvings, inverse] = inverseOf(nodeFields);
    const rows = this.#exports.edges(
      most,
      layout.fields * BYTES_PER_ELEMENT,
      layout.type * BYTES_PER_ELEMENT,
      layout.nameOrIndex * BYTES_PER_ELEMENT,
      layout.to * BYTES_PER_ELEMENT,
      this.#setTypes(layout.types),
      inverse,
      halvings,
      Math.floor(0xffff_ffff / nodeFields),
    );
    return {
      type: this.#bytesAt(TYPE_COLUMN_AT, rows),
      nameOrIndex: this.#columnAt(COLUMNS_AT[0], rows),
      to: this.#columnAt(COLUMNS_AT[1], rows),
      rowOfLargestName: this.#left(0) | 0,
      rowOfLargestTarget: this.#left(1) | 0,
    };
  }

  /** The same for nodes. @param before and @param mostEdges how many edges those before them have, and may have with them */
  nodes(most: number, layout: NodeLayout, before: number, mostEdges: number): PlainNodes {
    const rows = this.#exports.nodes(
      most,
      layout.fields * BYTES_PER_ELEMENT,
      layout.type * BYTES_PER_ELEMENT,
      layout.name * BYTES_PER_ELEMENT,
      layout.id * BYTES_PER_ELEMENT,
      layout.selfSize * BYTES_PER_ELEMENT,
      layout.edgeCount * BYTES_PER_ELEMENT,
      layout.detachedness * BYTES_PER_ELEMENT,
      layout.detachedness < 0 ? 0 : 1,
      this.#setTypes(layout.types),
      DETACHEDNESS.detached + 1,
      before,
      mostEdges,
    );
    return {
      type: this.#bytesAt(TYPE_COLUMN_AT, rows),
      detachedness: this.#bytesAt(STATE_COLUMN_AT, rows),
      name: this.#columnAt(COLUMNS_AT[0], rows),
      id: this.#columnAt(COLUMNS_AT[1], rows),
      selfSize: this.#columnAt(COLUMNS_AT[2], rows),
      firstEdge: this.#columnAt(COLUMNS_AT[3], rows),
      edgeCount: this.#left(2),
      rowOfLargestName: this.#left(0) | 0,
    };
  }

  /**
   * Counts commas for as long as there are only digits, commas and ends of lines.
   *
   * @returns how many, and where anything else may begin: less than 64 bytes before it does, or before the chunk ends
   */
  countCommas(chunk: Uint8Array): { count: number; next: number } {
    let count = 0;
    let next = 0;
    for (let read = MOST_BYTES; read === MOST_BYTES; next += read) {
      const length = this.#take(chunk, next, MOST_BYTES);
      count += this.#exports.count(length);
      read = Math.min(this.#left(0), length);
    }
    return { count, next };
  }

  /** @returns how many bytes it has from there on */
  #take(chunk: Uint8Array, from: number, most: number): number {
    const length = Math.min(most, chunk.length - from);
    this.#text.set(chunk.subarray(from, from + length));
    this.#text.fill(0, length, length + ZEROS_BEHIND);
    return length;
  }

  /** @returns how many there are; rows of later ones are left to others */
  #setTypes(types: Uint8Array): number {
    const known = types.subarray(0, MOST_TYPES);
    new Uint8Array(this.#exports.memory.buffer, TYPES_AT, MOST_TYPES).set(known);
    return known.length;
  }

  #left(place: number): number {
    return this.#leftBehind[place] as number;
  }

  #bytesAt(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer, at, length);
  }

  #columnAt(at: number, length: number): Uint32Array {
    return new Uint32Array(this.#exports.memory.buffer, at, length);
  }
}

/** How often a number can be halved, and the inverse of what is left modulo 2 ** 32. */
function inverseOf(number: number): [halvings: number, inverse: number] {
  const halvings = 31 - Math.clz32(number & -number);
  const odd = number >>> halvings;
  let inverse = odd;
  // Newton's way: right in the last three bits to begin with, in twice as many after each turn.
  for (let bits = 3; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return [halvings, inverse];
}
