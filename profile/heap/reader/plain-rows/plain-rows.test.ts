import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { heapFromText } from '../../text/heap-from-text.ts';
import { HeapSnapshotReader } from '../heap-snapshot-reader.ts';
import { PlainRows } from './plain-rows.ts';

const MOST = 0xffff_ffff;
const numbers = PlainRows.shared as PlainRows;
const encode = (text: string) => new TextEncoder().encode(text);

/** All that is read in turns, and where the reader stopped. */
function readAll(text: string, from = 0): { values: number[]; begins: number[]; end: number } {
  const chunk = encode(text);
  const [values, begins]: [number[], number[]] = [[], []];
  for (let at = from; ; ) {
    const count = numbers.read(chunk, at);
    values.push(...numbers.values.subarray(0, count));
    begins.push(...Array.from({ length: count }, (_, number) => numbers.beginOf(number) + at));
    at += numbers.beginOf(count);
    if (count === 0) return { values, begins, end: at };
  }
}

/** The same by definition: how far a text is such numbers. */
function readPlainly(text: string, from = 0): { values: number[]; begins: number[]; end: number } {
  const [values, begins]: [number[], number[]] = [[], []];
  const number = /(0|[1-9]\d*)\n?,/y;
  let end = from;
  for (;;) {
    number.lastIndex = end;
    const value = Number(number.exec(text)?.[1] ?? Number.NaN);
    if (!(value <= MOST)) return { values, begins, end };
    values.push(value);
    begins.push(end);
    end = number.lastIndex;
  }
}

const anyNumber = fc.oneof(
  fc.nat({ max: 9 }),
  fc.nat({ max: 9999 }),
  fc.nat({ max: 99_999_999 }),
  fc.integer({ min: 99_999_000, max: MOST }),
);
const anyMark = fc.constantFrom(',', ',', ',', '\n,');
const anyRows = fc
  .array(fc.tuple(anyNumber, anyMark), { maxLength: 60 })
  .map((parts) => parts.map((part) => part.join('')).join(''));
const anyOdd = fc.constantFrom(
  '',
  '-1,',
  '007,',
  '1.5,',
  '1e3,',
  ' 1,',
  '1 ,',
  ',',
  '\n',
  '\n,',
  '],',
  '4294967296,',
  '4294967295,',
  '0123456789,',
  '00,',
  '12345678901,',
  '99999999999999999999,',
  '123456x89,',
  '1x23456789,',
  'x,',
  '9'.repeat(80),
  '12',
  'é,',
);

describe('plain numbers', () => {
  test('are read with where each begins, up to what is none, wherever reading begins', () => {
    fc.assert(
      fc.property(anyRows, anyOdd, anyRows, fc.nat({ max: 70 }), (before, odd, after, from) => {
        const text = before + odd + after;
        const at = Math.min(from, text.length - (odd === 'é,' ? 3 : 0), before.length);
        expect(readAll(text, at)).toEqual(readPlainly(text, at));
      }),
      { numRuns: 3000 },
    );
  });

  test('are read on in pieces that grow, of a text of any length', () => {
    const values = Array.from({ length: 400_000 }, (_, at) => (at * 2654435761) % (at % 3 === 0 ? 10 : MOST));
    const text = values.map((value, at) => (at % 7 === 6 ? `${value}\n,` : `${value},`)).join('');
    const read = readAll(text);
    expect(read.values).toEqual(values);
    expect(read.end).toBe(text.length);
  });

  test('of one digit fill all that is read at once', () => {
    const text = '7,'.repeat(200_000);
    expect(readAll(text).values).toEqual(Array.from({ length: 200_000 }, () => 7));
  });

  test('are read up to where there are only commas, however many', () => {
    const numbers = '5,6,70,8,9,';
    // What is read at once grows while all of it is numbers.
    const before = '12,'.repeat(60_000);
    for (const commas of [
      32_700, 32_760, 32_768, 32_800, 33_803, 33_804, 33_805, 33_806, 33_807, 33_808, 33_809, 65_000,
    ]) {
      const text = before + (numbers + ','.repeat(commas)).padEnd(65_536, ' ');
      expect(readAll(text)).toEqual(readPlainly(text));
      const spread = before + numbers + ' '.repeat(6_000) + ','.repeat(commas).padStart(59_525, ' ');
      expect(readAll(spread)).toEqual(readPlainly(spread));
    }
  });

  test('end where a line does that no comma follows, however 64 bytes are cut', () => {
    for (let length = 0; length < 140; length++) {
      const text = `${'1'.padEnd(length % 8 || 1, '2')},`.repeat(length);
      for (const odd of ['3\n', '3\n4,', '3\n\n,', '\n,5,'])
        expect(readAll(text + odd)).toEqual(readPlainly(text + odd));
    }
  });

  test('that are cut off at the end of a chunk are left for the next one', () => {
    expect(readAll('12,34,5')).toEqual({ values: [12, 34], begins: [0, 3], end: 6 });
    expect(readAll('12,34\n')).toEqual({ values: [12], begins: [0], end: 3 });
    // What was there before is not read again.
    expect(readAll('1,')).toEqual({ values: [1], begins: [0], end: 2 });
  });
});

/** Where fields stand in a row: all of them in any order, and others between them. */
const anyPlaces = (count: number) =>
  fc.integer({ min: count, max: count + 3 }).chain((fields) =>
    fc
      .shuffledSubarray(
        Array.from({ length: fields }, (_, place) => place),
        { minLength: count, maxLength: count },
      )
      .map((places) => ({ fields, places })),
  );

/** Texts of rows, in which some fields have certain values. */
function toText(fields: number, places: readonly number[], rows: readonly (readonly number[])[]): string {
  return rows
    .map((row) => {
      const numbers = Array.from({ length: fields }, (_, place) => (place * 977) % 13);
      row.forEach((value, field) => {
        const place = places[field] as number;
        if (place >= 0) numbers[place] = value;
      });
      return `${numbers.join(',')},`;
    })
    .join('');
}

/** The row of the largest value among some, the first of them if there are several; -1 of none. */
function rowOfLargest(values: readonly number[], isAmong: (row: number) => boolean = () => true): number {
  return values.reduce(
    (best, value, row) => (isAmong(row) && (best < 0 || value > (values[best] as number)) ? row : best),
    -1,
  );
}

/** From the file's types to ours, as they may stand in its head. */
const TYPES = Uint8Array.of(3, 1, 4, 0, 2);
const mostly = (usual: fc.Arbitrary<number>, odd: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd });
const anyType = mostly(fc.nat({ max: TYPES.length - 1 }), fc.nat({ max: 300 }));
const anyValue = fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 99_999 }), fc.nat({ max: MOST }));

describe('plain rows', () => {
  test('of edges become columns, up to a row that is no edge', () => {
    const anyEdge = fc.tuple(
      anyType,
      anyValue,
      fc.nat({ max: MOST }),
      mostly(fc.constant(0), fc.nat({ max: 9 })),
    );
    const [ELEMENT, HIDDEN] = [1, 4];
    fc.assert(
      fc.property(
        anyPlaces(3),
        fc.array(anyEdge, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        ({ fields, places }, edges, nodeFields) => {
          const rows = edges.map(([type, name, target, off]) => {
            const place = Math.floor(target / nodeFields) * nodeFields;
            return [type, name, Math.min(MOST, place + off)];
          });
          const [type = 0, nameOrIndex = 0, to = 0] = places;
          const layout = { fields, type, nameOrIndex, to, types: TYPES };
          const count = numbers.read(encode(toText(fields, places, rows)), 0);
          const read = Math.floor(count / fields);
          const isEdge = ([type, , place]: number[]) =>
            (type as number) < TYPES.length && (place as number) % nodeFields === 0;
          const firstOdd = rows.findIndex((row) => !isEdge(row));
          const good = rows.slice(0, firstOdd < 0 ? read : Math.min(read, firstOdd));
          const found = numbers.edges(read, layout, nodeFields);
          const types = good.map(([type]) => TYPES[type as number] as number);
          const names = good.map(([, name]) => name as number);
          const targets = good.map(([, , place]) => (place as number) / nodeFields);
          expect([...found.type]).toEqual(types);
          expect([...found.nameOrIndex]).toEqual(names);
          expect([...found.to]).toEqual(targets);
          expect(found.rowOfLargestTarget).toBe(rowOfLargest(targets));
          expect(found.rowOfLargestName).toBe(
            rowOfLargest(names, (row) => types[row] !== ELEMENT && types[row] !== HIDDEN),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('of nodes become columns, up to a row that is no node', () => {
    const anyNode = fc.tuple(
      anyType,
      anyValue,
      anyValue,
      anyValue,
      mostly(fc.nat({ max: 20 }), fc.nat({ max: MOST })),
      mostly(fc.nat({ max: 2 }), fc.nat({ max: 9 })),
    );
    fc.assert(
      fc.property(
        anyPlaces(6),
        fc.boolean(),
        fc.array(anyNode, { minLength: 1, maxLength: 40 }),
        fc.nat({ max: 1000 }),
        ({ fields, places }, hasStates, nodes, before) => {
          const [type = 0, name = 0, id = 0, selfSize = 0, edgeCount = 0, state = 0] = places;
          const detachedness = hasStates ? state : -1;
          const layout = { fields, type, name, id, selfSize, edgeCount, detachedness, types: TYPES };
          const mostEdges = MOST - 1;
          const text = toText(fields, hasStates ? places : [...places.slice(0, 5), -1], nodes);
          const read = Math.floor(numbers.read(encode(text), 0) / fields);
          const good: (readonly number[])[] = [];
          const firstEdges: number[] = [];
          let edges = before;
          for (const node of nodes.slice(0, read)) {
            const [type = 0, , , , edgeCount = 0, state = 0] = node;
            const isNode =
              type < TYPES.length && edges + edgeCount <= mostEdges && (!hasStates || state <= 2);
            if (!isNode) break;
            good.push(node);
            firstEdges.push(edges);
            edges += edgeCount;
          }
          const found = numbers.nodes(read, layout, before, mostEdges);
          const column = (field: number) => good.map((node) => node[field]);
          expect([...found.type]).toEqual(good.map(([type]) => TYPES[type as number]));
          expect([...found.name]).toEqual(column(1));
          expect([...found.id]).toEqual(column(2));
          expect([...found.selfSize]).toEqual(column(3));
          expect([...found.firstEdge]).toEqual(firstEdges);
          if (hasStates) expect([...found.detachedness]).toEqual(column(5));
          expect(found.edgeCount).toBe(edges);
          expect(found.rowOfLargestName).toBe(rowOfLargest(column(1) as number[]));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('where no WebAssembly may run', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test('the same is read of a snapshot', async () => {
    const { bytes } = heapFromText(
      'root\n  shortcut global: Window 16\n    cache: Map 32\n      size: Entry 100',
    );
    const read = (reader: HeapSnapshotReader) => {
      reader.push(bytes);
      const { nodes, edges, strings } = reader.end();
      return { nodes, edges, texts: Array.from({ length: strings.length }, (_, at) => strings.text(at)) };
    };
    const usual = read(new HeapSnapshotReader());
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const { PlainRows: Refused } = await import('./plain-rows.ts');
    expect(Refused.shared).toBeUndefined();
    const { HeapSnapshotReader: Reader } = await import('../heap-snapshot-reader.ts');
    expect(read(new Reader())).toEqual(usual);
  });
});
