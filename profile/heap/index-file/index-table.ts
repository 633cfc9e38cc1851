import {
  aligned,
  bytesPerItem,
  COLUMN_KINDS,
  type Column,
  type ColumnKind,
  type ColumnPlace,
  checksumsOffset,
  endOf,
  endOfColumns,
  INDEX_MAGIC,
  INDEX_PREFIX_BYTES,
  INDEX_VERSION,
  type IndexTable,
  kindOf,
  MAX_TABLE_BYTES,
} from './index-layout.ts';

/** CRC-32 as of zlib, going on from an earlier one: handed in, for the fast one is the host's. */
export type Crc32 = (bytes: Uint8Array, before?: number) => number;

/** An index that cannot be used: the artifact has everything, so it is made anew and nobody needs to know. */
export class IndexUnusable extends Error {
  override readonly name = 'IndexUnusable';
}

/**
 * Where columns of these lengths would stand, before their checksums are known. The table is as long with any checksums.
 *
 * @param columns in the order in which they are to stand
 */
export function placeColumns(
  artifact: Omit<IndexTable, 'columns'>,
  columns: Readonly<Record<string, Column>>,
): IndexTable {
  const unplaced = Object.entries(columns).map(([name, column]) => ({
    name,
    kind: kindOf(column),
    offset: Number.MAX_SAFE_INTEGER,
    checksumsOffset: Number.MAX_SAFE_INTEGER,
    byteLength: column.byteLength,
    checksum: 0,
  }));
  let offset = INDEX_PREFIX_BYTES + toJson({ ...artifact, columns: unplaced }).length;
  const places = unplaced.map((column) => {
    const place = placeAt(column, aligned(offset));
    offset = endOf(place);
    return place;
  });
  return { ...artifact, columns: places };
}

/** The same column elsewhere. */
export function placeAt(
  column: Omit<ColumnPlace, 'offset' | 'checksumsOffset'>,
  offset: number,
): ColumnPlace {
  return { ...column, offset, checksumsOffset: checksumsOffset(offset, column.byteLength) };
}

/** What an index file begins with. */
export function encodeTable(table: IndexTable, crc32: Crc32): Uint8Array {
  const json = toJson(table);
  const bytes = new Uint8Array(INDEX_PREFIX_BYTES + json.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(INDEX_MAGIC));
  view.setUint32(8, INDEX_VERSION, true);
  view.setUint32(12, json.length, true);
  view.setUint32(16, crc32(json), true);
  bytes.set(json, INDEX_PREFIX_BYTES);
  return bytes;
}

/**
 * How many bytes the table of an index takes, prefix included.
 *
 * @param prefix the first `INDEX_PREFIX_BYTES` of the file
 * @throws IndexUnusable when it is none, or of another version
 */
export function tableLength(prefix: Uint8Array): number {
  if (prefix.length < INDEX_PREFIX_BYTES) throw new IndexUnusable('it ends before its table');
  if (new TextDecoder('latin1').decode(prefix.subarray(0, 8)) !== INDEX_MAGIC) {
    throw new IndexUnusable('it is no index of a heap snapshot');
  }
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength);
  const version = view.getUint32(8, true);
  if (version !== INDEX_VERSION) {
    throw new IndexUnusable(`it is of version ${version}, and this reads version ${INDEX_VERSION}`);
  }
  const length = view.getUint32(12, true);
  if (length > MAX_TABLE_BYTES) throw new IndexUnusable('its table is too long');
  return INDEX_PREFIX_BYTES + length;
}

/**
 * @param bytes the prefix and the table
 * @param fileBytes the length of the whole file
 * @throws IndexUnusable when it is damaged, or the file is shorter or longer than it says
 */
export function decodeTable(bytes: Uint8Array, fileBytes: number, crc32: Crc32): IndexTable {
  const length = tableLength(bytes);
  const json = bytes.subarray(INDEX_PREFIX_BYTES, length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (json.length !== length - INDEX_PREFIX_BYTES || crc32(json) !== view.getUint32(16, true)) {
    throw new IndexUnusable('its table is damaged');
  }
  const table = fromJson(json);
  const end = endOfColumns(table.columns);
  if (end !== fileBytes) throw new IndexUnusable(`it has ${fileBytes} bytes and should have ${end}`);
  return table;
}

/** Numbers are padded, so that the length of the table depends on nothing but the names of its columns. */
function toJson(table: IndexTable): Uint8Array {
  const columns = table.columns.map(({ name, kind, offset, byteLength, checksum }) => [
    name,
    kind,
    String(offset).padStart(16),
    String(byteLength).padStart(16),
    String(checksum).padStart(10),
  ]);
  return new TextEncoder().encode(JSON.stringify({ ...table, columns }));
}

function fromJson(json: Uint8Array): IndexTable {
  try {
    const { artifactSha256, artifactBytes, columns } = JSON.parse(new TextDecoder().decode(json));
    return { artifactSha256, artifactBytes, columns: columns.map(toPlace) };
  } catch (error) {
    throw new IndexUnusable('its table cannot be understood', { cause: error });
  }
}

function toPlace([name, kind, offset, byteLength, checksum]: string[]): ColumnPlace {
  const isKind = (text: string | undefined): text is ColumnKind =>
    (COLUMN_KINDS as readonly (string | undefined)[]).includes(text);
  const numbers = { offset: Number(offset), byteLength: Number(byteLength), checksum: Number(checksum) };
  const isWhole = Object.values(numbers).every((value) => Number.isSafeInteger(value) && value >= 0);
  if (name === undefined || !isKind(kind) || !isWhole || numbers.byteLength % bytesPerItem(kind) !== 0) {
    throw new TypeError('not a column');
  }
  return placeAt({ name, kind, ...numbers }, numbers.offset);
}
