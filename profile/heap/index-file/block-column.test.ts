import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeapMemory } from '../memory/heap-memory.ts';
import { HeapExplorer } from '../query/heap-explorer.ts';
import type { HeapQuery } from '../query/heap-query.ts';
import { OpenHeap } from '../query/open-heap.ts';
import { explorerFromNodes, explorerFromText } from '../text/explorer-from-text.ts';
import { anyHeap } from '../text/heap-arbitraries.ts';
import { BlockColumn } from './block-column.ts';
import { fromIndexColumns, toIndexColumns } from './index-columns.ts';
import { blockCount, type Column, checksumsOffset, kindOf, toColumnBytes } from './index-layout.ts';
import { IndexUnusable } from './index-table.ts';

const BLOCK_BYTES = 16;

/** A column as a file has it, in small blocks, and what was read of it but for its checksums. */
function stored(column: Column, memory = new HeapMemory()) {
  const bytes = toColumnBytes(column).slice();
  const sums = new Uint32Array(blockCount(bytes.length, BLOCK_BYTES));
  for (let block = 0; block < sums.length; block++) {
    sums[block] = crc32(bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES));
  }
  const place = {
    name: 'size',
    kind: kindOf(column),
    offset: 0,
    byteLength: bytes.length,
    checksumsOffset: checksumsOffset(0, bytes.length),
    checksum: crc32(toColumnBytes(sums)),
  };
  const file = new Uint8Array(place.checksumsOffset + sums.byteLength);
  file.set(bytes);
  file.set(toColumnBytes(sums), place.checksumsOffset);
  const reads: number[] = [];
  const read = (into: Uint8Array, offset: number) => {
    if (offset < bytes.length) reads.push(into.length);
    into.set(file.subarray(offset, offset + into.length));
  };
  return { column: new BlockColumn(place, { read, crc32 }, memory, BLOCK_BYTES), file, place, reads };
}

const anyColumn = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc.uint32Array({ maxLength: 50 }),
  fc.int32Array({ maxLength: 50 }),
  fc.float64Array({ maxLength: 50, noNaN: true }),
);

describe('a column that is read in blocks', () => {
  test('has the same numbers one by one, in any order, and as a whole after any of them', () => {
    fc.assert(
      fc.property(anyColumn, fc.array(fc.nat(99)), (numbers, places) => {
        const { column } = stored(numbers);
        expect(column.length).toBe(numbers.length);
        for (const at of places.filter((each) => each < numbers.length)) {
          expect(column.get(at)).toBe(numbers[at]);
        }
        expect(column.whole()).toEqual(numbers);
      }),
    );
  });

  test('reads a block once, and as a whole only what is missing, what stands together in one piece', () => {
    const { column, reads } = stored(Uint32Array.from({ length: 40 }, (_, at) => at));
    column.get(9);
    column.get(11);
    expect(reads).toEqual([16]);
    const whole = column.whole();
    expect(reads).toEqual([16, 32, 112]);
    expect(column.whole()).toBe(whole);
    column.get(0);
    expect(reads.length).toBe(3);
  });

  test('is counted from the first look on until it is given back', () => {
    const memory = new HeapMemory();
    const { column } = stored(new Float64Array(10), memory);
    expect(memory.usedBytes).toBe(0);
    column.get(3);
    expect(memory.usedBytes).toBe(80);
    column.release();
    expect(memory.usedBytes).toBe(0);
  });

  test('gives no number of a damaged block, and those of others', () => {
    fc.assert(
      fc.property(fc.nat(159), fc.nat(7), fc.nat(39), (damagedByte, bit, at) => {
        const { column, file } = stored(Uint32Array.from({ length: 40 }, (_, each) => each));
        file[damagedByte] = (file[damagedByte] as number) ^ (1 << bit);
        const isDamaged = Math.floor(damagedByte / BLOCK_BYTES) === Math.floor((at * 4) / BLOCK_BYTES);
        if (isDamaged) expect(() => column.get(at)).toThrow('column size is damaged');
        else expect(column.get(at)).toBe(at);
        expect(column.isDamaged).toBe(isDamaged);
        expect(() => column.whole()).toThrow(IndexUnusable);
        expect(column.isDamaged).toBe(true);
      }),
    );
  });

  test('gives no number where its checksums are damaged', () => {
    const { column, file, place } = stored(new Uint32Array(40));
    file[place.checksumsOffset + 5] = 1;
    expect(() => column.get(39)).toThrow(IndexUnusable);
  });
});

const PAGE = { offset: 0, limit: 100 };
const ABOUT_AN_OBJECT = [
  { ask: 'object', object: 1 },
  { ask: 'fields', object: 1, filter: '', page: PAGE },
  { ask: 'retainers', object: 1, ignored: [], page: PAGE },
  { ask: 'pathFromRoot', object: 1, ignored: [] },
  { ask: 'dominated', object: 1, order: { by: 'id', descending: true }, page: PAGE },
  { ask: 'text', object: 1, offset: 0 },
] as const satisfies readonly HeapQuery[];

function reopened(heap: OpenHeap) {
  const files = new Map(Object.entries(toIndexColumns(heap)).map(([name, column]) => [name, stored(column)]));
  const columnOf = (name: string) => {
    const found = files.get(name);
    if (!found) throw new IndexUnusable(`it has no column ${name}`);
    return found;
  };
  const { analysis, classes, tables } = fromIndexColumns({
    has: (name) => files.has(name),
    lengthOf: (name) => columnOf(name).column.length,
    kindOf: (name) => columnOf(name).place.kind,
    read: (name) => columnOf(name).column.whole(),
    cells: (name) => columnOf(name).column,
  });
  return { explorer: new HeapExplorer(new OpenHeap(analysis, classes, undefined, tables)), files };
}

describe('a heap of which blocks are read', () => {
  test('answers about any object as the whole one does', () => {
    fc.assert(
      fc.property(anyHeap(12), (nodes) => {
        const { heap, explorer } = explorerFromNodes(nodes);
        const again = reopened(heap).explorer;
        for (const object of heap.graph.nodes.id) {
          for (const query of ABOUT_AN_OBJECT) {
            expect(again.answer({ ...query, object })).toEqual(explorer.answer({ ...query, object }));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('reads but ids and names of classes whole to tell what an object is and who holds it', () => {
    const objects = Array.from({ length: 500 }, (_, at) => `  o${at}: Some${at} 10`);
    const { heap } = explorerFromText(`root\n${objects.join('\n')}`);
    const { explorer, files } = reopened(heap);
    const object = heap.graph.nodes.id[200] as number;
    for (const query of ABOUT_AN_OBJECT) explorer.answer({ ...query, object });
    const whole = [...files].filter(([, { place, reads }]) => {
      const bytesRead = reads.reduce((sum, bytes) => sum + bytes, 0);
      return bytesRead > 0 && bytesRead >= place.byteLength / 2;
    });
    expect(whole.map(([name]) => name).sort()).toEqual(['classes.names', 'nodes.id']);
  });
});
