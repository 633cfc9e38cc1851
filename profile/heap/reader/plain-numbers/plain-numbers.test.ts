import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { heapFromText } from '../../text/heap-from-text.ts';
import { HeapSnapshotReader } from '../heap-snapshot-reader.ts';
import { PlainNumbers } from './plain-numbers.ts';

const MOST = 0xffff_ffff;
const numbers = PlainNumbers.shared as PlainNumbers;
const encode = (text: string) => new TextEncoder().encode(text);

/** All that is read in turns, and where the reader stopped. */
function readAll(text: string, from = 0): { values: number[]; begins: number[]; end: number } {
  const chunk = encode(text);
  const [values, begins]: [number[], number[]] = [[], []];
  for (let at = from; ; ) {
    const count = numbers.read(chunk, at);
    values.push(...numbers.values.subarray(0, count));
    begins.push(...numbers.begins.subarray(0, count).map((begin) => begin + at));
    at += numbers.begins[count] as number;
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
  '9'.repeat(80),
  '12',
  'é,',
);

describe('plain numbers', () => {
  test('are read with where each begins, up to 64 bytes before whatever is none, wherever reading begins', () => {
    fc.assert(
      fc.property(anyRows, anyOdd, anyRows, fc.nat({ max: 70 }), (before, odd, after, from) => {
        const text = before + odd + after;
        const at = Math.min(from, text.length - (odd === 'é,' ? 3 : 0), before.length);
        const [read, plain] = [readAll(text, at), readPlainly(text, at)];
        const { length } = read.values;
        expect(read.values).toEqual(plain.values.slice(0, length));
        expect(read.begins).toEqual(plain.begins.slice(0, length));
        expect(read.end).toBe(plain.begins[length] ?? plain.end);
        expect(plain.end - read.end).toBeLessThan(64);
        if (plain.end === text.length) expect(read.end).toBe(plain.end);
      }),
      { numRuns: 2000 },
    );
  });

  test('are read on in pieces that grow, of a text of any length', () => {
    const values = Array.from({ length: 400_000 }, (_, at) => (at * 2654435761) % (at % 3 === 0 ? 10 : MOST));
    const text = values.map((value, at) => (at % 7 === 6 ? `${value}\n,` : `${value},`)).join('');
    const read = readAll(text);
    expect(read.values).toEqual(values);
    expect(read.end).toBe(text.length);
  });

  test('that are cut off at the end of a chunk are left for the next one', () => {
    expect(readAll('12,34,5')).toEqual({ values: [12, 34], begins: [0, 3], end: 6 });
    expect(readAll('12,34\n')).toEqual({ values: [12], begins: [0], end: 3 });
    // What was there before is not read again.
    expect(readAll('1,')).toEqual({ values: [1], begins: [0], end: 2 });
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
    const { PlainNumbers: Refused } = await import('./plain-numbers.ts');
    expect(Refused.shared).toBeUndefined();
    const { HeapSnapshotReader: Reader } = await import('../heap-snapshot-reader.ts');
    expect(read(new Reader())).toEqual(usual);
  });
});
