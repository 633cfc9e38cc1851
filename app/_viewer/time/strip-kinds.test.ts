import { describe, expect, test } from 'vitest';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { toSubject } from '../state/subject-from-text.ts';
import type { Colouring } from '../state/viewer-state.ts';
import { STRIP_SHADES, stripKindsOf } from './strip-kinds.ts';

const { profile } = toSubject(
  profileFromText(`
    main@/app/main.js:1                main@/app/main.js:1                 main@/app/main.js:1  (garbage collector)  (idle)
    other@/app/other.js:1              run@/app/node_modules/pack/x.js:1   run@node:vm:7
  `),
);

function shadesBy(colours: Colouring): Record<string, string> {
  const kinds = stripKindsOf(profile, colours);
  const entries = [...profile.functions.name].map((name, func): [string, string] => [
    `${profile.strings[name]} ${profile.strings[profile.functions.url[func] as number]}`.trim(),
    STRIP_SHADES[kinds[func] as number] ?? 'empty',
  ]);
  return Object.fromEntries(entries);
}

describe('the strip of a recording', () => {
  test('has the hues of whose code it was', () => {
    expect(shadesBy('origin')).toMatchObject({
      'main /app/main.js': 'own-1',
      'run /app/node_modules/pack/x.js': 'package-1',
      'run node:vm': 'runtime-1',
      '(garbage collector)': 'gc',
    });
  });

  test('is grey for others where one’s own code alone has a colour', () => {
    expect(shadesBy('own')).toMatchObject({
      'main /app/main.js': 'own-1',
      'run /app/node_modules/pack/x.js': 'native-1',
      'run node:vm': 'native-1',
      '(garbage collector)': 'gc',
    });
  });

  test('has the colours of the files that took most where files have one', () => {
    const shades = shadesBy('file');
    expect(shades['other /app/other.js']).toMatch(/^file-\d$/);
    expect(shades['other /app/other.js']).not.toBe(shades['run node:vm']);
    expect(shades['main /app/main.js']).toBe('file-other');
  });

  test('stays empty while the thread is idle', () => {
    for (const colours of ['origin', 'own', 'file'] as const)
      expect(shadesBy(colours)['(idle)']).toBe('empty');
  });
});
