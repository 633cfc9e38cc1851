import { describe, expect, test } from 'vitest';
import { toKeyWish } from './viewer-keys.ts';

const press = (key: string, modifiers = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});

describe('the keys of the picture', () => {
  test('go where they point, also with the root below', () => {
    expect(toKeyWish(press('ArrowDown'), false)).toEqual({ kind: 'step', step: 'callee' });
    expect(toKeyWish(press('ArrowDown'), true)).toEqual({ kind: 'step', step: 'caller' });
    expect(toKeyWish(press('ArrowUp'), false)).toEqual({ kind: 'step', step: 'caller' });
    expect(toKeyWish(press('ArrowUp'), true)).toEqual({ kind: 'step', step: 'callee' });
    expect(toKeyWish(press('ArrowLeft'), true)).toEqual({ kind: 'step', step: 'left' });
  });

  test('leave to the browser what is its own', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
      expect(toKeyWish(press('0', { [modifier]: true }), false)).toBeUndefined();
    expect(toKeyWish(press('Tab'), false)).toBeUndefined();
    expect(toKeyWish(press('/'), false)).toBeUndefined();
  });

  test('tell n from N', () => {
    expect(toKeyWish(press('n'), false)).toEqual({ kind: 'match', by: 1 });
    expect(toKeyWish(press('N'), false)).toEqual({ kind: 'match', by: -1 });
  });
});
