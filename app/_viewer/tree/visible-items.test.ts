import { describe, expect, test } from 'vitest';
import { rowsNamed, subjectFromText } from '../state/subject-from-text.ts';
import { itemsAround } from './visible-items.ts';

const subject = subjectFromText(`
  a  a  a  a  b  b
  c  c  d     d  e
  f
`);

/** Indented as the levels say, with position and what is open. */
function drawn(selected: number): string[] {
  return itemsAround(subject.view.tree, selected).map(({ row, level, position, siblings, isExpanded }) => {
    const name = row === 0 ? 'all' : subject.label(subject.view.tree.func[row] as number);
    const open = isExpanded === undefined ? '' : isExpanded ? ' open' : ' closed';
    return `${'  '.repeat(level - 1)}${name} ${position}/${siblings}${open}`;
  });
}

describe('the tree for screen readers', () => {
  test('begins with the root and its callees', () => {
    expect(drawn(0)).toEqual(['all 1/1 open', '  a 1/2 closed', '  b 2/2 closed']);
  });

  test('holds the callers, the siblings and the callees of what is chosen', () => {
    const [c = 0] = rowsNamed(subject, 'c');
    expect(drawn(c)).toEqual(['all 1/1 open', '  a 1/2 open', '    c 1/2 open', '      f 1/1', '    d 2/2']);
  });

  test('stays small however many siblings there are', () => {
    const many = subjectFromText(Array.from({ length: 500 }, (_, at) => `f${at}`).join('  '));
    const items = itemsAround(many.view.tree, 250);
    expect(items.length).toBeLessThan(100);
    expect(items.some(({ row, position }) => row === 250 && position === 250)).toBe(true);
    expect(items.at(-1)?.siblings).toBe(500);
  });
});
