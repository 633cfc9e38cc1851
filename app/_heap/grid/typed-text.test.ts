import { describe, expect, test } from 'vitest';
import { typedTo } from './typed-text.ts';

const names = ['Map', 'Session', 'Set', 'String', undefined, 'system'];
const tree = {
  count: names.length,
  lineAt: (index: number) => {
    const row = names[index];
    const place = { level: 1, position: index, neighbours: names.length };
    if (row === undefined) return { ...place, state: 'waiting' as const };
    return { ...place, state: 'row' as const, row, path: [row], isOpen: false };
  },
};
const to = (at: number, text: string) => typedTo(tree, at, text, (name) => name);

describe('what is typed over a list', () => {
  test('goes to the next row that begins with it, around the end', () => {
    expect(to(0, 's')).toBe(1);
    expect(to(1, 's')).toBe(2);
    expect(to(5, 's')).toBe(1);
  });

  test('stays at a row that still begins with it while it grows', () => {
    expect(to(1, 'se')).toBe(1);
    expect(to(1, 'set')).toBe(2);
  });

  test('goes nowhere when nothing begins with it', () => {
    expect(to(1, 'q')).toBeUndefined();
  });
});
