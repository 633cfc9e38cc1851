import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { endOf, endOfColumns, INDEX_PREFIX_BYTES, INDEX_VERSION, type IndexTable } from './index-layout.ts';
import { decodeTable, encodeTable, IndexUnusable, placeColumns, tableLength } from './index-table.ts';

const ARTIFACT = { artifactSha256: 'ab'.repeat(32), artifactBytes: 4711 };
const COLUMNS = {
  type: Uint8Array.of(1, 2, 3),
  id: Uint32Array.of(1, 2),
  distance: Int32Array.of(-1),
  size: Float64Array.of(1.5),
};
const table = placeColumns(ARTIFACT, COLUMNS);
const end = endOfColumns(table.columns);
const bytes = encodeTable(table, crc32);

describe('the table of an index', () => {
  test('comes back as it was written', () => {
    expect(tableLength(bytes.subarray(0, INDEX_PREFIX_BYTES))).toBe(bytes.length);
    expect(decodeTable(bytes, end, crc32)).toEqual(table);
  });

  test('places columns one after another, each where any kind of number may begin, and its checksums behind it', () => {
    let free = bytes.length;
    for (const place of table.columns) {
      const { name, kind, offset, byteLength } = place;
      expect(offset).toBeGreaterThanOrEqual(free);
      expect(offset % 64).toBe(0);
      expect(byteLength).toBe(COLUMNS[name as keyof typeof COLUMNS].byteLength);
      expect(kind).toBe({ type: 'u8', id: 'u32', distance: 'i32', size: 'f64' }[name]);
      expect(place.checksumsOffset).toBeGreaterThanOrEqual(offset + byteLength);
      expect(place.checksumsOffset % 4).toBe(0);
      free = endOf(place);
    }
  });

  test('is as long with checksums as without', () => {
    const checked: IndexTable = {
      ...table,
      columns: table.columns.map((place) => ({ ...place, checksum: 0xffffffff })),
    };
    expect(encodeTable(checked, crc32).length).toBe(bytes.length);
  });

  test('of no file, another version or a damaged one is refused', () => {
    const refused = (damage: (copy: Uint8Array) => void, fileBytes = end) => {
      const copy = bytes.slice();
      damage(copy);
      return expect(() => decodeTable(copy, fileBytes, crc32));
    };
    refused((copy) => copy.fill(0x41)).toThrow('no index');
    refused((copy) => copy.set([INDEX_VERSION + 1], 8)).toThrow(`version ${INDEX_VERSION + 1}`);
    refused((copy) => copy.set([0xff, 0xff, 0xff], 12)).toThrow('too long');
    refused((copy) => copy.set([1], 12)).toThrow(IndexUnusable);
    for (let at = INDEX_PREFIX_BYTES; at < bytes.length; at += 7) {
      refused((copy) => copy.set([(copy[at] ?? 0) ^ 1], at)).toThrow('table is damaged');
    }
    refused(() => {}, end - 1).toThrow(`it has ${end - 1} bytes and should have ${end}`);
    expect(() => tableLength(bytes.subarray(0, 10))).toThrow(IndexUnusable);
  });
});
