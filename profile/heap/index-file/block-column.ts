import type { HeapMemory } from '../memory/heap-memory.ts';
import type { Cells } from '../model/heap-cells.ts';
import {
  BLOCK_BYTES,
  blockCount,
  bytesPerItem,
  type Column,
  type ColumnPlace,
  toColumnBytes,
} from './index-layout.ts';
import { type Crc32, IndexUnusable } from './index-table.ts';

/** Where the bytes of an index come from. */
export interface IndexSource {
  /** Fills all of `bytes` with what stands in the file from `offset` on. @throws IndexUnusable when it ends too early */
  read(bytes: Uint8Array, offset: number): void;
  readonly crc32: Crc32;
}

/**
 * A column of an index, of which no more is read than is looked at: block by block, each found good by its checksum. What was read
 * stays, in a typed array as long as the whole column; what was not takes no memory of the machine yet, but is counted.
 */
export class BlockColumn implements Cells {
  readonly length: number;
  /** Something of it was not what was written. */
  isDamaged = false;
  readonly #place: ColumnPlace;
  readonly #source: IndexSource;
  readonly #memory: HeapMemory;
  readonly #blockBytes: number;
  /** The number of a row, shifted by so many bits, is that of its block. */
  readonly #shift: number;
  /** 1 for each block that is there. */
  readonly #isThere: Uint8Array;
  #left: number;
  #column: Column | undefined;
  #checksums: Uint32Array | undefined;

  /** @param blockBytes a power of 2, as the file was written with */
  constructor(place: ColumnPlace, source: IndexSource, memory: HeapMemory, blockBytes = BLOCK_BYTES) {
    const itemBytes = bytesPerItem(place.kind);
    this.length = place.byteLength / itemBytes;
    this.#place = place;
    this.#source = source;
    this.#memory = memory;
    this.#blockBytes = blockBytes;
    this.#shift = Math.log2(blockBytes / itemBytes);
    this.#left = blockCount(place.byteLength, blockBytes);
    this.#isThere = new Uint8Array(this.#left);
  }

  /** @throws IndexUnusable when the block is not what was written */
  get(index: number): number {
    const block = index >>> this.#shift;
    if (this.#isThere[block] === 0) this.#read(block, block + 1);
    return this.#column?.[index] as number;
  }

  /** All of it, as a typed array: the same one each time. @throws IndexUnusable when it is not what was written */
  whole(): Column {
    for (let from = 0; this.#left > 0; ) {
      from = this.#isThere.indexOf(0, from);
      const next = this.#isThere.indexOf(1, from);
      const to = next < 0 ? this.#isThere.length : next;
      this.#read(from, to);
      from = to;
    }
    return this.#allocated();
  }

  /** Gives its memory back. What was read may not be looked at any more. */
  release(): void {
    if (this.#column) this.#memory.release(this.#column);
    this.#column = undefined;
    this.#isThere.fill(0);
    this.#left = this.#isThere.length;
  }

  #allocated(): Column {
    this.#column ??= allocate(this.#memory, this.#place);
    return this.#column;
  }

  /** Blocks that are not there yet, in one piece. */
  #read(from: number, to: number): void {
    const bytes = toColumnBytes(this.#allocated());
    try {
      const blocks = bytes.subarray(from * this.#blockBytes, to * this.#blockBytes);
      this.#source.read(blocks, this.#place.offset + from * this.#blockBytes);
      this.#check(bytes, from, to);
    } catch (error) {
      this.isDamaged = true;
      this.release();
      throw error;
    }
    this.#isThere.fill(1, from, to);
    this.#left -= to - from;
  }

  #check(bytes: Uint8Array, from: number, to: number): void {
    this.#checksums ??= this.#readChecksums();
    for (let block = from; block < to; block++) {
      const start = block * this.#blockBytes;
      const checksum = this.#source.crc32(bytes.subarray(start, start + this.#blockBytes));
      if (checksum !== this.#checksums[block]) throw this.#damaged();
    }
  }

  #readChecksums(): Uint32Array {
    const checksums = new Uint32Array(this.#isThere.length);
    const bytes = toColumnBytes(checksums);
    this.#source.read(bytes, this.#place.checksumsOffset);
    if (this.#source.crc32(bytes) !== this.#place.checksum) throw this.#damaged();
    return checksums;
  }

  #damaged(): IndexUnusable {
    return new IndexUnusable(`its column ${this.#place.name} is damaged`);
  }
}

function allocate(memory: HeapMemory, { kind, byteLength }: ColumnPlace): Column {
  const length = byteLength / bytesPerItem(kind);
  switch (kind) {
    case 'u8':
      return memory.uint8(length);
    case 'u32':
      return memory.uint32(length);
    case 'i32':
      return memory.int32(length);
    case 'f64':
      return memory.float64(length);
  }
}
