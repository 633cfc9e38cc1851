import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlainTexts } from './plain-texts.ts';

const texts = PlainTexts.shared as PlainTexts;
const encode = (text: string) => new TextEncoder().encode(text);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** All that is read in turns, and what is left, where the reader stopped. */
function readAll(text: string, from = 0): { read: string[]; rest: string } {
  const chunk = encode(text);
  const read: string[] = [];
  for (let at = from; ; ) {
    const count = texts.read(chunk, at);
    for (let index = 0; index < count; index++) {
      const begin = index === 0 ? 0 : (texts.ends[index - 1] as number);
      read.push(decoder.decode(texts.bytes.subarray(begin, texts.ends[index])));
    }
    at += texts.ends[count] as number;
    if (count === 0) return { read, rest: decoder.decode(chunk.subarray(at)) };
  }
}

/** The same by definition. */
function readPlainly(text: string): { read: string[]; rest: string } {
  const read: string[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a text.
  const plain = /("(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*"),\n?/y;
  for (let end = 0; ; end = plain.lastIndex) {
    plain.lastIndex = end;
    const found = plain.exec(text);
    if (found === null) return { read, rest: text.slice(end) };
    read.push(JSON.parse(found[1] as string));
  }
}

const anyPlain = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', ' ', ',', "'"), maxLength: 40 }),
  fc.constantFrom('', 'x'.repeat(15), 'x'.repeat(16), 'x'.repeat(31), '\u007f', ','),
);
const anyCode = fc
  .tuple(fc.oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0x7ff }), fc.nat({ max: 0xffff })), fc.boolean())
  .map(([code, isUpper]) => code.toString(16).padStart(4, '0')[isUpper ? 'toUpperCase' : 'toLowerCase']())
  .map((digits) => `\\u${digits}`);
const anyText = fc
  .array(
    fc.oneof(anyPlain, anyCode, fc.constantFrom('\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t')),
    {
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''));
const anyRow = fc.tuple(anyText, fc.constantFrom(',', ',\n')).map(([text, after]) => `"${text}"${after}`);
const anyRows = fc.array(anyRow, { maxLength: 30 }).map((rows) => rows.join(''));
const anyOdd = fc.constantFrom(
  '',
  '"a\\ud83d\\ude00b",',
  '"a\\udc00",',
  '"a\\u00g0",',
  '"a\\u00e",',
  '"a\\u",',
  '"a\\xb",',
  '"a\\",',
  '"a\nb",',
  '"\u0000",',
  '"a" ,',
  '"a"]',
  '"cut off',
  '"cut off"',
  '1,',
  ' "a",',
  '\n',
);

describe('plain texts', () => {
  test('are read up to whatever is none', () => {
    fc.assert(
      fc.property(anyRows, anyOdd, anyRows, (before, odd, after) => {
        const text = before + odd + after;
        expect(readAll(text)).toEqual(readPlainly(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('are read wherever one begins', () => {
    const first = '"first",';
    expect(readAll(`${first}"second",\n"third",`, first.length)).toEqual({
      read: ['second', 'third'],
      rest: '',
    });
  });

  test('are read on in pieces that grow, of a chunk of any length', () => {
    const all = Array.from({ length: 60_000 }, (_, at) => `${at}:${'é'.repeat((at * 7919) % 61)}`);
    const text = all.map((one, at) => `"${one}",${at % 5 === 4 ? '\n' : ''}`).join('');
    expect(readAll(text)).toEqual({ read: all, rest: '' });
  });

  test('that are longer than what is read at once are left to others', () => {
    const long = `"${'x'.repeat(1 << 18)}",`;
    expect(readAll(`"a",${long}"b",`)).toEqual({ read: ['a'], rest: `${long}"b",` });
  });
});
