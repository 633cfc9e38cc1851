import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileError, ProfileLimitError, ProfileSyntaxError } from '../errors.ts';
import type { JsonSink } from './json-sink.ts';
import { JsonTokenizer } from './json-tokenizer.ts';

/** Puts the values together again, to be compared with JSON.parse. */
class ValueSink implements JsonSink {
  result: unknown;
  readonly #stack: { value: Record<string, unknown> | unknown[]; key: string }[] = [];
  readonly #skip: string | undefined;

  constructor(skip?: string) {
    this.#skip = skip;
  }

  key(bytes: Uint8Array, start: number, end: number): boolean {
    const key = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
    const top = this.#stack.at(-1);
    if (top) top.key = key;
    return key !== this.#skip;
  }
  beginObject(): void {
    this.#stack.push({ value: {}, key: '' });
  }
  beginArray(): void {
    this.#stack.push({ value: [], key: '' });
  }
  endObject(): void {
    this.#put(this.#stack.pop()?.value);
  }
  endArray(): void {
    this.endObject();
  }
  string(bytes: Uint8Array, start: number, end: number): void {
    this.#put(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end)));
  }
  number(value: number, _beginByte?: number): void {
    this.#put(value);
  }
  literal(value: boolean | null): void {
    this.#put(value);
  }

  #put(value: unknown): void {
    const top = this.#stack.at(-1);
    if (!top) this.result = value;
    else if (Array.isArray(top.value)) top.value.push(value);
    else
      Object.defineProperty(top.value, top.key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
}

/** Takes small numbers in lists by itself as long as their comma is there too, and notes where all begin. */
class ForwardSink extends ValueSink {
  readonly begins: number[] = [];
  takeAhead(chunk: Uint8Array, from: number, chunkByte: number): number {
    let at = from;
    for (;;) {
      const [plain] =
        /^(0|[1-9]\d{0,8})\n?,/.exec(new TextDecoder().decode(chunk.subarray(at, at + 12))) ?? [];
      if (plain === undefined) return at;
      this.number(Number.parseInt(plain, 10), chunkByte + at);
      at += plain.length;
    }
  }
  override number(value: number, beginByte: number): void {
    this.begins.push(beginByte);
    super.number(value);
  }
}

function parse(text: string, chunkBytes: readonly number[] = [], skip?: string): unknown {
  const bytes = new TextEncoder().encode(text);
  const sink = new ValueSink(skip);
  const tokenizer = new JsonTokenizer(sink, 1 << 16);
  let at = 0;
  for (const size of chunkBytes) {
    tokenizer.push(bytes.slice(at, at + size));
    at += size;
  }
  tokenizer.push(bytes.slice(at));
  tokenizer.end();
  return sink.result;
}

function failure(text: string): ProfileSyntaxError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ProfileSyntaxError) return error;
    throw error;
  }
  throw new Error(`"${text}" was accepted`);
}

const jsonText = fc
  .tuple(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(undefined, 0, 1, 3))
  .map(([value, space]) => JSON.stringify(value, null, space));

describe('the tokenizer', () => {
  test('finds what JSON.parse finds, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(jsonText, fc.array(fc.nat({ max: 9 }), { maxLength: 30 }), (text, cuts) => {
        expect(parse(text, cuts)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('accepts and refuses what JSON.parse accepts and refuses', () => {
    const mutation = fc.record({
      at: fc.nat(),
      char: fc.constantFrom(...'{}[],:"\\ 0123456789.eE+-tfnu\u0001é'),
    });
    fc.assert(
      fc.property(jsonText, fc.array(mutation, { minLength: 1, maxLength: 3 }), (text, mutations) => {
        const chars = [...text];
        for (const { at, char } of mutations) chars[at % (chars.length + 1)] = char;
        const broken = chars.join('');
        let expected: unknown;
        try {
          expected = JSON.parse(broken);
        } catch {
          expect(() => parse(broken)).toThrow(ProfileError);
          return;
        }
        expect(parse(broken)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('understands every escape, with surrogate pairs, over any cut', () => {
    const text = '["a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é😀"]';
    for (let cut = 0; cut < text.length; cut++) expect(parse(text, [cut])).toEqual(JSON.parse(text));
  });

  test('puts U+FFFD for half a surrogate pair', () => {
    expect(parse('["\\ud83dx\\ude00"]')).toEqual(['\ufffdx\ufffd']);
  });

  test('passes over the mark that some editors put before UTF-8, over any cut, and no half of it', () => {
    for (const cut of [0, 1, 2, 3, 4]) expect(parse('\ufeff{"a":1}', [cut])).toEqual({ a: 1 });
    failure('\ufeff');
    failure('[\ufeff]');
    failure('\ufeff\ufeff[]');
    const tokenizer = new JsonTokenizer(new ValueSink(), 100);
    tokenizer.push(Uint8Array.of(0xef, 0x5b, 0x5d));
    expect(() => tokenizer.end()).toThrow('half a byte-order mark');
  });

  test('reads numbers in every notation', () => {
    const numbers = '[0,-0,7,-12,1.5,-2.5e3,1E2,123456789012345678,0.1]';
    expect(parse(numbers)).toEqual(JSON.parse(numbers));
    for (const wrong of ['[01]', '[1.]', '[.5]', '[-]', '[1e]', '[+1]', '[0x1]', '[1 2]']) failure(wrong);
  });

  test('passes over the value of a key that is not wanted, whatever it holds', () => {
    const text = '{"a":1,"no":{"no":[1,"x\\n",{"b":null}],"c":-1.5e2},"b":[{"no":"z"}]}';
    for (let cut = 0; cut < text.length; cut++) {
      expect(parse(text, [cut], 'no')).toEqual({ a: 1, b: [{}] });
    }
  });

  test('checks also what it passes over', () => {
    expect(() => parse('{"no":[1,}', [], 'no')).toThrow(ProfileSyntaxError);
  });

  test('offers what comes next in a list to a sink that takes it by itself, and tells where each number begins', () => {
    const number = fc.oneof(
      { weight: 9, arbitrary: fc.nat() },
      fc.constantFrom('0', '-1', '1.5', '1e3', '999999999', '4294967295', '4294967296'),
    );
    const list = fc.array(number, { maxLength: 40 });
    const space = fc.constantFrom('', '\n', ' ');
    fc.assert(
      fc.property(list, space, space, fc.array(fc.nat({ max: 60 })), (numbers, before, after, cuts) => {
        const items = numbers.map((each) => before + each + after);
        const text = `{"a":7,"b":[${items.join(',')}],"c":[[8],9]}`;
        const sink = new ForwardSink();
        const tokenizer = new JsonTokenizer(sink, 100);
        const bytes = new TextEncoder().encode(text);
        let at = 0;
        for (const size of cuts) {
          tokenizer.push(bytes.slice(at, at + size));
          at += size;
        }
        tokenizer.push(bytes.slice(at));
        tokenizer.end();
        expect(sink.result).toEqual(JSON.parse(text));
        const found = sink.begins.map((begin) => /^[^,\]\s]+/.exec(text.slice(begin))?.[0]);
        expect(found).toEqual(['7', ...numbers.map(String), '8', '9']);
      }),
    );
    for (const wrong of ['[1,]', '[1,01]', '[1,2 3]', '[1,2x]', '[1,2}', '[1,-]', '[,1]']) {
      const long = wrong.replace(']', `]${' '.repeat(40)}`);
      const tokenizer = new JsonTokenizer(new ForwardSink(), 100);
      expect(() => tokenizer.push(new TextEncoder().encode(long)), wrong).toThrow(ProfileSyntaxError);
    }
  });

  test('names the byte at which the file went wrong', () => {
    expect(failure('{"a":1,}').offsetBytes).toBe(7);
    expect(failure('[1,2').offsetBytes).toBe(4);
    expect(failure('[1] x').offsetBytes).toBe(4);
    expect(failure('["a\u0001"]').offsetBytes).toBe(3);
    expect(failure('[true,nul]').offsetBytes).toBe(6);
    expect(failure('').offsetBytes).toBe(0);
    expect(failure('[1,,2]').message).toBe('The profile is corrupt: a value is missing at byte 3.');
  });

  test('stops at endless nesting, strings and numbers', () => {
    expect(() => parse('['.repeat(10_000))).toThrow(ProfileLimitError);
    expect(() => parse(`["${'x'.repeat(70_000)}`)).toThrow(ProfileLimitError);
    expect(() => parse(`[${'1'.repeat(10_000)}]`)).toThrow(ProfileSyntaxError);
  });
});
