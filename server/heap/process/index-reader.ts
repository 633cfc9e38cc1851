import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { BlockColumn, type IndexSource } from '#profile/heap/index-file/block-column.ts';
import type { IndexColumns } from '#profile/heap/index-file/column-access.ts';
import {
  type Column,
  type ColumnKind,
  type ColumnPlace,
  INDEX_PREFIX_BYTES,
  type IndexTable,
} from '#profile/heap/index-file/index-layout.ts';
import { decodeTable, IndexUnusable, tableLength } from '#profile/heap/index-file/index-table.ts';
import type { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { Cells } from '#profile/heap/model/heap-cells.ts';

/** One read of the system takes less than 2 GiB. */
const AT_ONCE = 512 * 1024 * 1024;

interface IndexedColumn {
  readonly place: ColumnPlace;
  readonly blocks: BlockColumn;
}

/**
 * An index file, column by column and block by block. It reads without letting others run meanwhile: whoever needs a block can do
 * nothing before it is there, and nobody else lives in the process.
 */
export class IndexReader implements IndexColumns, Disposable {
  readonly #file: number;
  readonly #columns: ReadonlyMap<string, IndexedColumn>;

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

  private constructor(file: number, { columns }: IndexTable, memory: HeapMemory) {
    const source: IndexSource = { read: (bytes, offset) => readWhole(file, bytes, offset), crc32 };
    this.#file = file;
    this.#columns = new Map(
      columns.map((place) => [place.name, { place, blocks: new BlockColumn(place, source, memory) }]),
    );
  }

  /** Something that was read was not what was written. */
  get isDamaged(): boolean {
    return [...this.#columns.values()].some(({ blocks }) => blocks.isDamaged);
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  lengthOf(name: string): number {
    return this.#columnOf(name).blocks.length;
  }

  kindOf(name: string): ColumnKind {
    return this.#columnOf(name).place.kind;
  }

  cells(name: string): Cells {
    return this.#columnOf(name).blocks;
  }

  read(name: string): Column {
    return this.#columnOf(name).blocks.whole();
  }

  /** Nothing more is read; what was read may not be looked at any more. */
  [Symbol.dispose](): void {
    closeSync(this.#file);
    for (const { blocks } of this.#columns.values()) blocks.release();
  }

  #columnOf(name: string): IndexedColumn {
    const column = this.#columns.get(name);
    if (!column) throw new IndexUnusable(`it has no column ${name}`);
    return column;
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
