import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeapFilterError } from '../../../errors.ts';
import { TextPattern } from './text-pattern.ts';

function find(source: string, text: string, ignoreCase = false): boolean {
  return new TextPattern(source, { ignoreCase }).test(text);
}

/** Patterns of all that is understood, none so deep that JavaScript's would try for ages. */
const patterns = fc.letrec<{ pattern: string; unit: string }>((tie) => ({
  unit: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(
      'a',
      'b',
      'c',
      '.',
      '\\w',
      '\\d',
      '\\s',
      '[ab]',
      '[^a]',
      '[a-c]',
      '\\.',
      '[\\d_]',
      '^',
      '$',
    ),
    tie('pattern').map((inside) => `(${inside})`),
    tie('pattern').map((inside) => `(?:${inside})`),
  ),
  pattern: fc
    .array(
      fc.tuple(tie('unit'), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '|', '*?')),
      { maxLength: 5 },
    )
    .map((units) =>
      units.map(([unit, after]) => (isAnchor(unit) && after !== '|' ? unit : unit + after)).join(''),
    ),
})).pattern;

/** JavaScript repeats no anchors. */
function isAnchor(unit: string): boolean {
  return unit === '^' || unit === '$';
}

/** Repeated within what is repeated, a pattern soon has more steps than are allowed: a test of its own is about that. */
function isTooLarge(source: string): boolean {
  try {
    find(source, '');
    return false;
  } catch (error) {
    if (error instanceof HeapFilterError && error.message.includes('repeats too much')) return true;
    throw error;
  }
}

describe('a pattern', () => {
  it('finds what a regular expression of JavaScript finds', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', '1', '_', ' ', '.', '\n'), { maxLength: 8 });
    fc.assert(
      fc.property(patterns, texts, (source, characters) => {
        fc.pre(!isTooLarge(source));
        const text = characters.join('');
        expect(find(source, text)).toBe(new RegExp(source).test(text));
      }),
      { numRuns: 300 },
    );
  });

  it('finds capitals and small letters alike when told so', () => {
    expect(find('^pl[a-c]y', 'PLAYER', true)).toBe(true);
    expect(find('^pl[a-c]y', 'PLAYER')).toBe(false);
    expect(find('ü', 'Ü', true)).toBe(true);
  });

  it('that would make others go back on themselves for ages takes a moment', () => {
    expect(find('^(a+)+$', `${'a'.repeat(5000)}b`)).toBe(false);
    expect(find('(a|a)*(a|a)*(a|a)*c', 'a'.repeat(5000))).toBe(false);
    expect(find('(.*)(.*)(.*)(.*)(.*)x$', 'y'.repeat(5000))).toBe(false);
  });

  it('that needs a great many states forgets some and goes on', () => {
    const text = Array.from(
      { length: 4000 },
      (_, index) => 'ab'[(index * index * 7 + (index >> 3)) % 2],
    ).join('');
    expect(find('a[ab]{14}c', text)).toBe(false);
    expect(find('a[ab]{14}c', `${text}a${'b'.repeat(14)}c`)).toBe(true);
  });

  it.each(['(a{200}){200}', '((a{100}){100}){100}'])('%s is too much', (source) => {
    expect(() => find(source, 'a')).toThrow(HeapFilterError);
  });

  it('that repeats nothing again and again takes a moment', () => {
    expect(find('(((((){200}){200}){200}){200}){200}b', 'ab')).toBe(true);
    expect(find('((((c{0}){200}){200}){200}){200}b', 'ab')).toBe(true);
  });

  it('that takes too long in all is given up', () => {
    const pattern = new TextPattern('a[ab]{50}c', { ignoreCase: false, mostWork: 10_000 });
    let random = 1;
    const text = Array.from({ length: 5000 }, () => {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      return random >>> 31 === 0 ? 'a' : 'b';
    }).join('');
    expect(() => pattern.test(text)).toThrow('a simpler pattern');
  });
});
