import { describe, expect, test } from 'vitest';
import { addressOf, findAddress } from './stack-address.ts';
import { StackBook } from './stack-book.ts';
import { rowsNamed, subjectFromText } from './subject-from-text.ts';

const drawing = `
  main  main  main  other  (idle)
  a     a     b     a
  b     a     a
`;
const subject = subjectFromText(drawing);

describe('the address of a call', () => {
  test('leads back to it, and to no other', () => {
    const { tree } = subject.view;
    const addresses = Array.from(tree.func.keys(), (row) => addressOf(subject.profile, tree, row));
    expect(new Set(addresses).size).toBe(tree.length);
    addresses.forEach((address, row) => {
      expect(address).toMatch(/^[0-9a-f]{16}$/);
      expect(findAddress(subject.profile, tree, address)).toBe(row);
    });
  });

  test('is the same when the rows are others because idle time is counted', () => {
    const idle = subjectFromText(drawing, true);
    for (const row of rowsNamed(subject, 'b')) {
      const address = addressOf(subject.profile, subject.view.tree, row);
      expect(rowsNamed(idle, 'b')).toContain(findAddress(idle.profile, idle.view.tree, address));
    }
  });

  test('that is of another profile leads to the root', () => {
    expect(findAddress(subject.profile, subject.view.tree, '0123456789abcdef')).toBe(0);
    expect(new StackBook(subject.profile, subject.view.tree).rowOf(undefined)).toBe(0);
  });
});
