/**
 * How an index file is laid out. All numbers are little-endian.
 *
 *     0  8 bytes  `OPSHEAP\n`
 *     8  u32      version of the layout and of what the columns mean
 *    12  u32      length of the table, in bytes
 *    16  u32      CRC-32 of the table
 *    20  u32      0
 *    24  table    JSON: the artifact's SHA-256 and size, and the columns with kind, place, length and a CRC-32
 *     …  columns, each at a multiple of 64 bytes and followed, at the next multiple of 4, by the CRC-32 of each of its blocks. The
 *        table has the CRC-32 of those.
 *
 * Any block of any column is read by itself when it is needed, and found good or not at that time: nothing has to read the whole
 * file, nor a whole column.
 */
export const INDEX_MAGIC = 'OPSHEAP\n';
/**
 * Raised whenever a column is added, removed, or comes to mean something else, and when a question is answered otherwise whose answer
 * is kept ready-made: older files are made anew.
 */
export const INDEX_VERSION = 3;
export const INDEX_PREFIX_BYTES = 24;
/** A table longer than this is no table of ours. */
export const MAX_TABLE_BYTES = 64 * 1024;
const ALIGNMENT = 64;
/** Read in a few hundredths of a millisecond, and as many as an answer needs in some ten. */
export const BLOCK_BYTES = 16 * 1024;
const CHECKSUM_BYTES = 4;

export const COLUMN_KINDS = ['u8', 'u32', 'i32', 'f64'] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];
export type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** Where a column stands, and what it must be. */
export interface ColumnPlace {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly offset: number;
  readonly byteLength: number;
  /** Where the CRC-32 of each of its blocks stand, as u32. */
  readonly checksumsOffset: number;
  /** CRC-32 of those. */
  readonly checksum: number;
}

/** What an index file says of itself. */
export interface IndexTable {
  readonly artifactSha256: string;
  readonly artifactBytes: number;
  readonly columns: readonly ColumnPlace[];
}

/** The bytes of a column as they stand in the file: all machines that this runs on are little-endian, as the file is. */
export function toColumnBytes(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

export function kindOf(column: Column): ColumnKind {
  if (column instanceof Uint8Array) return 'u8';
  if (column instanceof Uint32Array) return 'u32';
  return column instanceof Int32Array ? 'i32' : 'f64';
}

const BYTES_OF_KIND: Readonly<Record<ColumnKind, number>> = { u8: 1, u32: 4, i32: 4, f64: 8 };

export function bytesPerItem(kind: ColumnKind): number {
  return BYTES_OF_KIND[kind];
}

export function blockCount(byteLength: number, blockBytes = BLOCK_BYTES): number {
  return Math.ceil(byteLength / blockBytes);
}

/** @param offset where the column begins */
export function checksumsOffset(offset: number, byteLength: number): number {
  return aligned(offset + byteLength, CHECKSUM_BYTES);
}

/** The length of a file with these columns. */
export function endOfColumns(columns: readonly ColumnPlace[]): number {
  return columns.reduce((end, place) => Math.max(end, endOf(place)), 0);
}

/** Behind the checksums. */
export function endOf({ checksumsOffset, byteLength }: ColumnPlace): number {
  return checksumsOffset + blockCount(byteLength) * CHECKSUM_BYTES;
}

/** The next multiple; as it stands, of where a column may begin. */
export function aligned(offset: number, alignment = ALIGNMENT): number {
  return Math.ceil(offset / alignment) * alignment;
}
