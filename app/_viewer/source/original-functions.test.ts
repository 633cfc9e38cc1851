import { describe, expect, test } from 'vitest';
import type { FileOriginals } from '#contract';
import { ORIGIN } from '#profile/index.ts';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { fullPlaceOf, labelOf } from '../flame/function-labels.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import { addressOf } from '../state/stack-address.ts';
import { toSubject } from '../state/subject-from-text.ts';
import { type AnsweredFile, toOriginalFunctions, withOriginals } from './original-functions.ts';
import { findSourcePlace, functionsBeside } from './source-place.ts';

const drawing = `
  a@/app/dist/main.js:1  a@/app/dist/main.js:1  (program)
  b@/app/dist/main.js:1  lib@/app/lib.js:4
`;
const { profile, view } = toSubject(profileFromText(drawing));
const funcNamed = (name: string, of: OpenedProfile = profile) =>
  of.functions.name.findIndex((text) => of.strings[text] === name);

const answer = (change: Partial<FileOriginals> = {}): FileOriginals => ({
  url: '/app/dist/main.js',
  map: 'adjacent',
  trouble: null,
  sources: ['/app/src/cart.ts', '/app/node_modules/tax/index.ts'],
  functions: [
    [0, 12, 3, 'addToCart'],
    [1, 40, 9, null],
  ],
  lines: [],
  ...change,
});
const asked = (change?: Partial<FileOriginals>): AnsweredFile[] => [
  { functions: [funcNamed('a'), funcNamed('b')], answer: answer(change) },
];
const originals = toOriginalFunctions(profile.functions.length, asked());
if (originals === undefined) throw new Error('there are originals');

describe('a profile in the words of its original source', () => {
  const shown = withOriginals(profile, originals);

  test('names functions, files and lines as they were before the build', () => {
    const texts = ['a', 'b', 'lib', '(program)'].map((name) => {
      const func = funcNamed(name);
      return `${labelOf(shown, func, '?')} ${fullPlaceOf(shown, func)}`;
    });
    expect(texts).toEqual([
      'addToCart /app/src/cart.ts:12',
      'b /app/node_modules/tax/index.ts:40',
      'lib /app/lib.js:4',
      '(program) ',
    ]);
  });

  test('tells whose code a function is by where it came from', () => {
    expect(shown.origin[funcNamed('a')]).toBe(ORIGIN.own);
    expect(shown.origin[funcNamed('b')]).toBe(ORIGIN.package);
  });

  test('leaves the profile as it was, and with it every address', () => {
    expect(labelOf(profile, funcNamed('a'), '?')).toBe('a');
    expect(profile.strings).not.toContain('addToCart');
    const row = view.tree.func.indexOf(funcNamed('b'));
    expect(addressOf(profile, view.tree, row)).toBe(
      addressOf(toSubject(profileFromText(drawing)).profile, view.tree, row),
    );
  });
});

describe('what the server answers', () => {
  test('that no map says anything is no original at all', () => {
    expect(toOriginalFunctions(9, asked({ functions: [null, null] }))).toBeUndefined();
    expect(toOriginalFunctions(9, [])).toBeUndefined();
  });

  test('of files that it does not name is passed over', () => {
    expect(toOriginalFunctions(9, asked({ functions: [[7, 1, 1, 'x'], null] }))).toBeUndefined();
  });

  test('counts the files whose map was applied', () => {
    expect(originals.fileCount).toBe(1);
  });
});

describe('the place of a function', () => {
  const artifact = {
    from: 'artifact',
    artifactUrl: '',
    sourceUrl: '/api/v1/captures/cap/source',
    capturedAt: '2026-01-01T00:00:00.000Z',
    mediaType: '',
    kind: 'cpu',
    sizeBytes: 0,
    fileName: '',
  } as const;

  test('is the original where a map says so, else the file that ran', () => {
    const place = (name: string) => findSourcePlace(artifact, profile, originals, funcNamed(name));
    expect(place('a')).toMatchObject({ url: '/app/dist/main.js', original: '/app/src/cart.ts', line: 12 });
    expect(place('lib')).toMatchObject({ url: '/app/lib.js', original: undefined, line: 4 });
    expect(findSourcePlace(artifact, profile, undefined, funcNamed('a'))).toMatchObject({
      url: '/app/dist/main.js',
      original: undefined,
      line: 1,
    });
  });

  test.each([
    ['(program)', 'state'],
    ['timers@node:internal/timers:1', 'runtime'],
    ['f@wasm://wasm/0001:1', 'wasm'],
    ['f@evalmachine.<anonymous>:1', 'elsewhere'],
    ['f@https://cdn.example/f.js:1', 'elsewhere'],
  ])('of %s is none, and says why: %s', (frame, why) => {
    const other = toSubject(profileFromText(frame), { includeIdle: true }).profile;
    const func = other.functions.length - 1;
    const row = other.functions.name.findIndex(
      (text) => (other.strings[text] ?? '') === frame.replace(/@.*/, ''),
    );
    expect(findSourcePlace(artifact, other, undefined, Math.max(row, 0) || func)).toEqual({
      kind: 'none',
      why,
    });
  });

  test('in a file of one’s own is none: it holds no source', () => {
    const file = { from: 'file', file: new File([], 'a'), sizeBytes: 0, fileName: 'a' } as const;
    expect(findSourcePlace(file, profile, undefined, funcNamed('a'))).toEqual({
      kind: 'none',
      why: 'local-file',
    });
  });

  test('is shared with the functions of the same original, not of the same bundle', () => {
    const beside = (name: string, of: typeof originals | undefined) =>
      ['a', 'b', 'lib'].filter(
        (other) => functionsBeside(profile, of, funcNamed(name))[funcNamed(other)] === 1,
      );
    expect(beside('a', undefined)).toEqual(['a', 'b']);
    expect(beside('a', originals)).toEqual(['a']);
    expect(beside('lib', originals)).toEqual(['lib']);
  });
});
