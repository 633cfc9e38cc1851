import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { IndexColumns } from '#profile/heap/index-file/column-access.ts';
import {
  bytesPerItem,
  type Column,
  type ColumnPlace,
  INDEX_PREFIX_BYTES,
  type IndexTable,
  toColumnBytes,
} from '#profile/heap/index-file/index-layout.ts';
import { decodeTable, IndexUnusable, tableLength } from '#profile/heap/index-file/index-table.ts';
import type { HeapMemory } from '#profile/heap/memory/heap-memory.ts';

/** One read of the system takes less than 2 GiB. */
const AT_ONCE = 512 * 1024 * 1024;

/**
 * An index file, column by column. It reads without letting others run meanwhile: whoever needs a column can do nothing before it
 * is there, and nobody else lives in the process.
 */
export class IndexReader implements IndexColumns, Disposable {
  readonly #file: number;
  readonly #memory: HeapMemory;
  readonly #places: ReadonlyMap<string, ColumnPlace>;
  readonly #read = new Map<string, Column>();
  /** A column was not what was written. */
  isDamaged = false;

  /** @throws IndexUnusable when there is none, or it is damaged, of another version or of another artifact */
  static open(path: string, sha256: string, memory: HeapMemory): IndexReader {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch (error) {
      throw new IndexUnusable('it cannot be opened', { cause: error });
    }
    try {
      return new IndexReader(file, readTable(file, sha256), memory);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  private constructor(file: number, table: IndexTable, memory: HeapMemory) {
    this.#file = file;
    this.#memory = memory;
    this.#places = new Map(table.columns.map((place) => [place.name, place]));
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  lengthOf(name: string): number {
    const { byteLength, kind } = this.#placeOf(name);
    return byteLength / bytesPerItem(kind);
  }

  read(name: string): Column {
    const known = this.#read.get(name);
    if (known) return known;
    const place = this.#placeOf(name);
    const column = allocate(this.#memory, place);
    try {
      this.#readChecked(place, toColumnBytes(column));
    } catch (error) {
      this.#memory.release(column);
      this.isDamaged = true;
      throw error;
    }
    this.#read.set(name, column);
    return column;
  }

  /** Nothing more is read; what was read may not be looked at any more. */
  [Symbol.dispose](): void {
    closeSync(this.#file);
    for (const column of this.#read.values()) this.#memory.release(column);
    this.#read.clear();
  }

  #readChecked({ name, offset, checksum }: ColumnPlace, bytes: Uint8Array): void {
    readWhole(this.#file, bytes, offset);
    if (crc32(bytes) !== checksum) throw new IndexUnusable(`its column ${name} is damaged`);
  }

  #placeOf(name: string): ColumnPlace {
    const place = this.#places.get(name);
    if (!place) throw new IndexUnusable(`it has no column ${name}`);
    return place;
  }
}

function readTable(file: number, sha256: string): IndexTable {
  const { size } = fstatSync(file);
  const prefix = new Uint8Array(INDEX_PREFIX_BYTES);
  readWhole(file, prefix, 0);
  const bytes = new Uint8Array(tableLength(prefix));
  readWhole(file, bytes, 0);
  const table = decodeTable(bytes, size, crc32);
  if (table.artifactSha256 !== sha256) throw new IndexUnusable('it is of another artifact');
  return table;
}

function readWhole(file: number, bytes: Uint8Array, offset: number): void {
  for (let done = 0; done < bytes.length; ) {
    const count = readSync(file, bytes, done, Math.min(AT_ONCE, bytes.length - done), offset + done);
    if (count === 0) throw new IndexUnusable('it ends too early');
    done += count;
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
