import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeapFilterError } from '../../errors.ts';
import type { HeapFilter, TextTest } from './heap-filter.ts';
import { parseHeapFilter } from './parse-filter.ts';

/** As it was understood, in full brackets. */
function understood(text: string): string {
  return format(parseHeapFilter(text));
}

function format(filter: HeapFilter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.parts.map(format).join(` ${filter.kind} `)})`;
    case 'not':
      return `not ${format(filter.part)}`;
    case 'text':
    case 'class':
    case 'name':
      return `${filter.kind} ${formatTest(filter.test)}`;
    case 'number':
      return `${filter.field} ${filter.comparison} ${filter.value}`;
    case 'id':
      return `@${filter.id}`;
    case 'type':
      return `type ${filter.type}`;
    default:
      return filter.kind;
  }
}

function formatTest(test: TextTest): string {
  return test.kind === 'pattern' ? 'matches' : `${test.kind} ${test.text}`;
}

describe('a filter', () => {
  it.each([
    ['', 'all'],
    ['player', 'text contains player'],
    ['Player Room', '(text contains player and text contains room)'],
    ['"two words"', 'text contains two words'],
    ['"a \\"b\\""', 'text contains a "b"'],
    ['class:Player', 'class is Player'],
    ['class:(string)', 'class is (string)'],
    ['class:{id, name}', 'class is {id, name}'],
    ['class:"{id, name}"', 'class is {id, name}'],
    ['class:/^Pl/', 'class matches'],
    ['name:"Two Words"', 'name contains two words'],
    ['size>1mb', 'size > 1000000'],
    ['shallow>=1kib', 'size >= 1024'],
    ['retained>=1.5kb', 'retained >= 1500'],
    ['distance<5', 'distance < 5'],
    ['distance:none', 'unreached'],
    ['id:@123', '@123'],
    ['id:123', '@123'],
    ['@123', '@123'],
    ['type:closure', 'type closure'],
    ['type:"object shape"', 'type object shape'],
    ['detached', 'detached'],
    ['"detached"', 'text contains detached'],
    ['-a', 'not text contains a'],
    ['not a b', '(not text contains a and text contains b)'],
    ['a or b c', '(text contains a or (text contains b and text contains c))'],
    ['(a or b) and c', '((text contains a or text contains b) and text contains c)'],
    ['-(a or b)', 'not (text contains a or text contains b)'],
    ['node:fs', 'text contains node:fs'],
    ['/srv/app.js', 'text contains /srv/app.js'],
    ['a-b', 'text contains a-b'],
    ['NOT a OR b', '(not text contains a or text contains b)'],
    ['order', 'text contains order'],
  ])('%s means %s', (text, meaning) => {
    expect(understood(text)).toBe(meaning);
  });

  it.each([
    ['(a', 3, '“)”'],
    ['a)', 2, 'the beginning of a term, not “)”'],
    ['size>big', 6, 'a size such as 10kb or 1.5mb'],
    ['distance<1kb', 10, 'a number such as 5, or none'],
    ['type:thing', 6, 'one of hidden, array'],
    ['"open', 6, 'the closing quote'],
    ['id:abc', 4, 'an id such as @123'],
    ['a or', 5, 'a term such as'],
    ['class:', 7, 'a value'],
    ['class>Player', 6, '“:”, as in class:Player'],
    ['class:/(a/', 10, '“)”'],
    ['/(?=a)/', 3, 'a group without “?”'],
    ['/(a)\\1/', 6, 'something else than “\\1”'],
  ])('%s is refused at character %i', (text, character, expected) => {
    expect(() => parseHeapFilter(text)).toThrow(HeapFilterError);
    expect(() => parseHeapFilter(text)).toThrow(`character ${character} should be ${expected}`);
  });

  it('of any text is understood or refused with a place in it', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '(',
        ')',
        '"',
        '/',
        'or',
        'and',
        'not',
        '-',
        ' ',
        'size',
        '>',
        ':',
        '1kb',
        'class',
        'a',
        '\\',
        '[',
        '{',
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((some) => some.join('')),
        ),
        (text) => {
          try {
            parseHeapFilter(text);
          } catch (error) {
            if (!(error instanceof HeapFilterError)) throw error;
            expect(error.position).toBeGreaterThanOrEqual(0);
            expect(error.position).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });

  it('longer than 1000 characters is refused', () => {
    expect(() => parseHeapFilter('a '.repeat(600))).toThrow('1000 characters are the most');
  });

  it('of a thousand brackets is read', () => {
    expect(understood(`${'('.repeat(499)}a${')'.repeat(499)}`)).toBe('text contains a');
  });
});
