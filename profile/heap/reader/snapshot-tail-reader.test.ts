import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ProfileError, ProfileMemoryError } from '../../errors.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { anyHeap } from '../text/heap-arbitraries.ts';
import type { DrawnNode } from '../text/heap-drawing.ts';
import { type SnapshotWriting, snapshotOf } from '../text/snapshot-file.ts';
import { findTail } from './find-tail.ts';
import { HeapSnapshotReader } from './heap-snapshot-reader.ts';
import { RowCounter } from './row-counter.ts';
import type { SnapshotHead } from './snapshot-head.ts';
import type { SnapshotTail } from './snapshot-tail.ts';
import { SnapshotTailReader } from './snapshot-tail-reader.ts';

const writing: fc.Arbitrary<SnapshotWriting> = fc.record({
  nodeFields: fc.constantFrom(
    ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
    ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
  ),
  isReversed: fc.constantFrom(false, false, false, true),
  sections: fc.constant([['after', 'locations', [1, 2, 3]]] as ['after', string, unknown][]),
});

function textOf(nodes: readonly DrawnNode[], how: SnapshotWriting, space = ''): string {
  return JSON.stringify(snapshotOf(nodes, how)).replace(/(?<=\d),(?=\d)/g, `${space},`);
}

const anyText = fc
  .tuple(anyHeap(12), writing, fc.constantFrom('', '\n', ' \r\n'))
  .map(([nodes, how, space]) => textOf(nodes, how, space));

/** Columns as they are, or the words of an error. */
function outcomeOf(read: () => HeapGraph): unknown {
  try {
    const { nodes, edges, strings } = read();
    return { nodes, edges, bytes: strings.bytes, start: strings.start };
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
}

function readTail(
  bytes: Uint8Array,
  from: number,
  reader: HeapSnapshotReader,
  memory = new HeapMemory(),
): SnapshotTail | undefined {
  const { head } = reader;
  if (head === undefined) return undefined;
  const place = { head, beginByte: from, fileBytes: bytes.length };
  const columns = reader.prepareEdges();
  if (columns === undefined) return undefined;
  try {
    const counter = new RowCounter(head.edges.fields);
    counter.push(bytes.subarray(from));
    const rows = { columns, firstRow: columns.type.length - counter.rows };
    const tail = new SnapshotTailReader(place, rows, memory);
    tail.push(bytes.subarray(from));
    return tail.end();
  } catch (error) {
    if (error instanceof ProfileError && !(error instanceof ProfileMemoryError)) return undefined;
    throw error;
  }
}

/** Where the head was read, and edges have not begun. */
function placeOfNodes(bytes: Uint8Array, from: number): number {
  return Math.min(from, Math.max(0, new TextDecoder('latin1').decode(bytes).indexOf('"nodes":')));
}

/** Reads the head, then the end, then what is between them, and goes on alone where they do not fit each other. */
function readInParts(bytes: Uint8Array, from: number): { isJoined: boolean; graph: HeapGraph } {
  const reader = new HeapSnapshotReader({ fileBytes: bytes.length });
  const nodes = placeOfNodes(bytes, from);
  reader.push(bytes.subarray(0, nodes));
  const tail = readTail(bytes, from, reader);
  reader.push(bytes.subarray(nodes, from));
  const isJoined = tail !== undefined && reader.join(tail);
  if (!isJoined) reader.push(bytes.subarray(from));
  return { isJoined, graph: reader.end() };
}

/** As one reads it, whose errors may name the piece in which something stands. */
function readInOne(bytes: Uint8Array, cut: number): HeapGraph {
  const reader = new HeapSnapshotReader({ fileBytes: bytes.length });
  const nodes = placeOfNodes(bytes, cut);
  reader.push(bytes.subarray(0, nodes));
  reader.push(bytes.subarray(nodes, cut));
  reader.push(bytes.subarray(cut));
  return reader.end();
}

const encode = (text: string) => new TextEncoder().encode(text);

describe('a snapshot that is read in two parts', () => {
  test('has the columns that it has in one, wherever the second part begins', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, at) => {
        const bytes = encode(text);
        const from = at % bytes.length;
        expect(outcomeOf(() => readInParts(bytes, from).graph)).toEqual(
          outcomeOf(() => readInOne(bytes, from)),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('is joined at every row of edges but the first, and nowhere else', () => {
    fc.assert(
      fc.property(anyHeap(5), (nodes) => {
        const text = textOf(nodes, {});
        const bytes = encode(text);
        const from = text.indexOf('"edges":[') + '"edges":['.length;
        const around = [...bytes.keys()].slice(text.indexOf('"nodes"'), text.indexOf('"strings"') + 30);
        const joined = around.filter((at) => readInParts(bytes, at).isJoined);
        const rows = text.slice(from, text.indexOf(']', from)).split(',');
        const begins = rows.flatMap((_, at) =>
          at === 0 || at % 3 > 0 ? [] : [from + rows.slice(0, at).join(',').length + 1],
        );
        expect(joined).toEqual(begins);
      }),
      { numRuns: 5 },
    );
  });

  test('is refused in the words of one that is read in one, whatever is done to it', () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(...'{}[],:"\\ 019-.eé'));
    fc.assert(
      fc.property(
        anyText,
        fc.nat(),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (text, at, changes) => {
          const chars = [...text];
          for (const [place, char] of changes) chars[place % chars.length] = char;
          const bytes = encode(chars.join(''));
          const from = at % bytes.length;
          expect(outcomeOf(() => readInParts(bytes, from).graph)).toEqual(
            outcomeOf(() => readInOne(bytes, from)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is not joined where rows were not counted right, and read on alone', () => {
    const bytes = encode(textOf(manyNodes(), {}));
    const from = findTail(headOf(bytes), fileOf(bytes))?.beginByte ?? 0;
    const alone = outcomeOf(() => readInOne(bytes, from));
    for (const wrong of [-1, 1, 1 / 3, -1_000_000]) {
      vi.spyOn(RowCounter.prototype, 'rows', 'get').mockReturnValue(countRows(bytes, from) + wrong);
      const { isJoined, graph } = readInParts(bytes, from);
      vi.restoreAllMocks();
      expect(isJoined).toBe(false);
      expect(outcomeOf(() => graph)).toEqual(alone);
    }
  });

  test('ends its second part before that takes more memory than it may', () => {
    const bytes = encode(textOf(manyNodes(), {}));
    const reader = new HeapSnapshotReader({ fileBytes: bytes.length });
    reader.push(bytes.subarray(0, placeOfNodes(bytes, bytes.length)));
    expect(() =>
      readTail(
        bytes,
        findTail(reader.head as never, fileOf(bytes))?.beginByte ?? 0,
        reader,
        new HeapMemory(1000),
      ),
    ).toThrow(ProfileMemoryError);
  });
});

describe('the place for a second part', () => {
  test.each(['', '\n'])('is a row of edges about in the middle, with "%s" between rows', (space) => {
    const bytes = encode(textOf(manyNodes(), {}, space));
    const reader = new HeapSnapshotReader();
    reader.push(bytes);
    const place = findTail(reader.head as never, fileOf(bytes));
    expect(place?.beginByte).toBeGreaterThan(bytes.length * 0.3);
    expect(place?.beginByte).toBeLessThan(bytes.length * 0.8);
    expect(readInParts(bytes, place?.beginByte ?? 0).isJoined).toBe(true);
  });

  test('is later where much was read before its reader begins, but still among the edges', () => {
    const bytes = encode(textOf(manyNodes(), {}));
    const file = fileOf(bytes);
    const placeOf = (aheadBytes: number) => findTail(headOf(bytes), { ...file, aheadBytes })?.beginByte ?? 0;
    expect(placeOf(bytes.length / 4) - placeOf(0)).toBeGreaterThan(bytes.length / 16);
    expect(readInParts(bytes, placeOf(bytes.length * 10)).isJoined).toBe(true);
  });

  test('is none where edges are few, or before nodes', () => {
    const few = encode(textOf(manyNodes().slice(0, 1000), {}));
    for (const bytes of [few, encode('{}')]) {
      const reader = new HeapSnapshotReader();
      reader.push(few);
      expect(findTail(reader.head as never, fileOf(bytes))).toBeUndefined();
    }
  });
});

function headOf(bytes: Uint8Array): SnapshotHead {
  const reader = new HeapSnapshotReader();
  reader.push(bytes.subarray(0, placeOfNodes(bytes, bytes.length)));
  return reader.head as SnapshotHead;
}

function countRows(bytes: Uint8Array, from: number): number {
  const counter = new RowCounter(3);
  counter.push(bytes.subarray(from));
  return counter.rows;
}

const fileOf = (bytes: Uint8Array) => ({
  fileBytes: bytes.length,
  read: (from: number, length: number) => bytes.subarray(from, from + length),
});

function manyNodes(): DrawnNode[] {
  const count = 40_000;
  return Array.from({ length: count }, (_, at) => ({
    name: `n${at % 100}`,
    type: 'object' as const,
    id: 2 * at + 1,
    selfSize: 16,
    detachedness: 0,
    edges: [1, 2, 3].map((step) => ({
      type: 'property' as const,
      name: `p${step}`,
      to: (at * step + 7) % count,
    })),
  }));
}
