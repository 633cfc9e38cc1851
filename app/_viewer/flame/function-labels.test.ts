import { describe, expect, test } from 'vitest';
import { subjectFromText } from '../state/subject-from-text.ts';
import { fullPlaceOf, labelOf, placeOf } from './function-labels.ts';

function only(text: string) {
  const { profile, view } = subjectFromText(text);
  return { profile, func: view.tree.func[1] as number };
}

describe('what a function is called', () => {
  test('is its name with file and line', () => {
    const { profile, func } = only('login@file:///srv/user-service/login.ts:42');
    expect(labelOf(profile, func, '?')).toBe('login');
    expect(placeOf(profile, func)).toBe('user-service/login.ts:42');
    expect(fullPlaceOf(profile, func)).toBe('/srv/user-service/login.ts:42');
  });

  test.each([
    ['file:///srv/node_modules/bcryptjs/index.js:738', 'bcryptjs/index.js:738'],
    ['/a/node_modules/x/node_modules/@grpc/grpc-js/build/src/call.js:9', '@grpc/grpc-js/call.js:9'],
    ['C:\\srv\\node_modules\\ws\\lib\\sender.js:1', 'ws/sender.js:1'],
    ['/srv/node_modules/single.js:3', 'single.js:3'],
    ['/srv/lobby/main.ts:4', 'lobby/main.ts:4'],
    ['file:///main.ts:4', 'main.ts:4'],
    ['C:\\srv\\lobby\\main.ts:4', 'lobby/main.ts:4'],
    ['evalmachine.<anonymous>:2', 'evalmachine.<anonymous>:2'],
    ['node:internal/timers:512', 'node:internal/timers:512'],
    ['wasm://wasm/8084a1ae', 'wasm/8084a1ae'],
  ])('says of %s whose file it is', (place, shown) => {
    const { profile, func } = only(`f@${place}`);
    expect(placeOf(profile, func)).toBe(shown);
  });

  test('is a word of ours when it has no name', () => {
    const { profile, func } = only('@a.js:1');
    expect(labelOf(profile, func, '(anonymous)')).toBe('(anonymous)');
  });

  test('cannot reorder, hide or break the text around it', () => {
    const { profile, func } = only('safe\u202eevil\u200b\u0007<b>@a\u2066.js:1');
    expect(labelOf(profile, func, '')).toBe('safe\ufffdevil\ufffd\ufffd<b>');
    expect(placeOf(profile, func)).toBe('a\ufffd.js:1');
  });

  test('is cut when it is absurdly long', () => {
    const { profile, func } = only('x'.repeat(5000));
    expect(labelOf(profile, func, '').length).toBeLessThan(400);
  });
});
