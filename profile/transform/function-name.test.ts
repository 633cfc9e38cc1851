import { describe, expect, test } from 'vitest';
import { profileFromText } from '../text/profile-from-text.ts';
import { findFunction, toFunctionName } from './function-name.ts';

const profile = profileFromText('get@a.js:1  get@a.js:2  get@b.js:1  (program)  set@a.js:1');

describe('the name of a function', () => {
  test('finds it again, among all of its name and in its file', () => {
    for (let func = 0; func < profile.functions.length; func++)
      expect(findFunction(profile, toFunctionName(profile, func))).toBe(func);
  });

  test('finds it in another file, in whatever row it stands there', () => {
    const other = profileFromText('set@a.js:1  get@b.js:1');
    const found = findFunction(other, { name: 'get', url: 'b.js', line: 1, column: 0 });
    expect(found !== undefined && toFunctionName(other, found).url).toBe('b.js');
    expect(findFunction(other, { name: 'get', url: 'a.js', line: 2, column: 0 })).toBeUndefined();
  });
});
