import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { ProfileError, ProfileLimitError, type ProfileShapeError } from '../errors.ts';
import type { Profile, ProfileLimits } from '../model/profile.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { readWith } from '../text/read-profile.ts';
import { CollapsedReader } from './collapsed-reader.ts';

function read(
  file: string | Uint8Array,
  cuts: readonly number[] = [],
  limits: Partial<ProfileLimits> = {},
): Profile {
  return chooseProfile(readWith(new CollapsedReader(limits), file, cuts)).profile;
}

function treeOf(file: string | Uint8Array, cuts: readonly number[] = []): string[] {
  const profile = read(file, cuts);
  return formatCallTree(profile, toCallTree(profile));
}

function failure(file: string, limits: Partial<ProfileLimits> = {}): string {
  try {
    read(file, [], limits);
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

/** Every function with its place, in the order of first sight. */
function functionsOf({ strings, functions }: Profile): string[] {
  return Array.from(functions.name, (name, func) => {
    const place = `${strings[functions.url[func] as number]}:${functions.line[func]}:${functions.column[func]}`;
    return `${strings[name]}@${place}`;
  }).slice(1);
}

const anyLines = fc.array(
  fc.tuple(
    fc.array(fc.constantFrom('main', 'a', 'ab', 'read (x.js:1)', 'ünï', 'b c'), { maxLength: 6 }),
    fc.nat({ max: 1000 }),
  ),
  { minLength: 1, maxLength: 40 },
);

describe('collapsed stacks', () => {
  test('become a tree whose stacks have the sum of their counts', () => {
    expect(treeOf('main;parse;read 12\nmain;draw 3\nmain;parse;read 1\nmain 2\n')).toEqual([
      '(root) (total: 18, self: 0)',
      '  main (total: 18, self: 2)',
      '    parse (total: 13, self: 0)',
      '      read (total: 13, self: 13)',
      '    draw (total: 3, self: 3)',
    ]);
  });

  test('are the same with the line ends of Windows, the mark of UTF-8, and without an end of the last line', () => {
    const plain = treeOf('main;größe 12\nmain 3\n');
    expect(treeOf('\ufeffmain;größe 12\r\nmain 3\r\n')).toEqual(plain);
    expect(treeOf('\n\nmain;größe 12  \n\t\nmain\t3')).toEqual(plain);
  });

  test('have names with spaces and numbers in them; what stands last is the count', () => {
    expect(treeOf('std::map<int, char> 7;operator new 3 1.5')).toEqual([
      '(root) (total: 1.5, self: 0)',
      '  std::map<int, char> 7 (total: 1.5, self: 0)',
      '    operator new 3 (total: 1.5, self: 1.5)',
    ]);
    expect(read('a 1e3').samples.values[0]?.[0]).toBe(1000);
  });

  test('have no frames where nothing stands between semicolons', () => {
    expect(treeOf(';main;;read; 4\n; 2\nmain;read 1')).toEqual([
      '(root) (total: 7, self: 2)',
      '  main (total: 5, self: 0)',
      '    read (total: 5, self: 5)',
    ]);
  });

  test('begin with comments, which count nothing; a name may begin like one', () => {
    expect(treeOf('# by perf\n#private;run 2')).toEqual([
      '(root) (total: 2, self: 0)',
      '  #private (total: 2, self: 0)',
      '    run (total: 2, self: 2)',
    ]);
  });

  test('say in brackets where a function stands, and other things, which belong to the name', () => {
    const frames = [
      'read (src/a b.js:12)',
      'draw [file:///b.js:3:4]',
      'hash (libcrypto.so)',
      'get (node:internal/x:7)',
      'run (inlined)',
      'operator()',
      '(garbage collector)',
      'call (Foo(int))',
      '[kernel]',
    ];
    expect(functionsOf(read(`${frames.join(';')} 1`))).toEqual([
      'read@src/a b.js:12:0',
      'draw@file:///b.js:3:4',
      'hash@libcrypto.so:0:0',
      'get@node:internal/x:7:0',
      'run (inlined)@:0:0',
      'operator()@:0:0',
      '(garbage collector)@:0:0',
      'call (Foo(int))@:0:0',
      '[kernel]@:0:0',
    ]);
  });

  test('are one function where two ways of writing name it', () => {
    expect(functionsOf(read('f (a.js:1) 1\nf [a.js:1] 2'))).toEqual(['f@a.js:1:0']);
    expect(treeOf('f (a.js:1) 1\nf [a.js:1] 2')).toEqual([
      '(root) (total: 3, self: 0)',
      '  f (total: 3, self: 3)',
    ]);
  });

  test('are read the same wherever the chunks are cut, and however the lines are sorted', () => {
    fc.assert(
      fc.property(anyLines, fc.array(fc.nat({ max: 20 }), { maxLength: 40 }), (lines, cuts) => {
        const texts = lines.map(([frames, count]) => `${frames.join(';')} ${count}`);
        const whole = treeOf(texts.join('\n'));
        expect(treeOf(texts.join('\r\n'), cuts)).toEqual(whole);
        const sorted = treeOf([...texts].sort().join('\n'), cuts);
        expect([...sorted].sort()).toEqual([...whole].sort());
      }),
    );
  });

  test('are read from a chunk whose memory is used again', () => {
    const reader = new CollapsedReader();
    const chunk = new Uint8Array(8);
    for (const text of ['main;a 1', '\nmain;b ', '2\nmain;a', ' 3\nmai 4']) {
      new TextEncoder().encodeInto(text, chunk);
      reader.push(chunk);
    }
    const { profile } = chooseProfile(reader.end());
    expect(formatCallTree(profile, toCallTree(profile))).toEqual([
      '(root) (total: 10, self: 0)',
      '  main (total: 6, self: 0)',
      '    a (total: 4, self: 4)',
      '    b (total: 2, self: 2)',
      '  mai (total: 4, self: 4)',
    ]);
  });
});

describe('a file of collapsed stacks', () => {
  test.each([
    ['main;read 1\nmain;draw\n', 'line 2 has no count at its end'],
    ['main;read 1\n\nmain 1x', 'line 3 has no count at its end'],
    ['12', 'line 1 has no count at its end'],
    ['main NaN', 'line 1 has no count at its end'],
    ['main -5', 'line 1 has a negative count'],
    [`main 1${'0'.repeat(30)}`, 'line 1 has a count beyond 2^53'],
    ['', 'the file holds no stack'],
    ['# nothing\n', 'the file holds no stack'],
  ])('%j is refused by its line', (file, sentence) => {
    expect(failure(file)).toContain(sentence);
  });

  test.each<[string, Partial<ProfileLimits>, string]>([
    ['nodes', { maxNodes: 3 }, 'a;b;c;d 1'],
    ['samples', { maxSamples: 1 }, 'a 1\nb 1'],
    ['frames in one stack', { maxDepth: 4 }, 'a;b;c;d;e;f 1'],
    ['bytes of distinct names', { maxStringTableBytes: 8 }, 'function_with_a_name 1'],
    ['bytes', { maxFileBytes: 4 }, 'main 1'],
  ])('is refused when it has too many %s', (limit, limits, file) => {
    expect(failure(file, limits)).toContain(limit);
  });

  test('is refused when a line has no end', () => {
    const reader = new CollapsedReader();
    const piece = new Uint8Array(1 << 20).fill(0x61);
    expect(() => {
      for (let count = 0; count < 20; count++) reader.push(piece);
    }).toThrow(ProfileLimitError);
  });

  test('is refused with a sentence, never with anything else, whatever bytes it has', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string().map((text) => new TextEncoder().encode(`a;${text} 1`)),
    );
    fc.assert(
      fc.property(bytes, (file) => {
        try {
          toCallTree(read(file));
        } catch (error) {
          expect(error).toBeInstanceOf(ProfileError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('names the field as data, for whoever handles the error', () => {
    try {
      read('main');
    } catch (error) {
      expect((error as ProfileShapeError).field).toBe('line 1');
    }
    expect.assertions(1);
  });
});
