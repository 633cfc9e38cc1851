import { describe, expect, test } from 'vitest';
import { subjectFromText } from '../state/subject-from-text.ts';
import { shadesOf } from './function-shades.ts';
import { hitTest } from './hit-test.ts';
import { LINE_HEIGHT, type Picture } from './painter.ts';
import { WHOLE } from './view-range.ts';
import { createBoxes } from './visible-boxes.ts';

const subject = subjectFromText(`
  a  a  a  a  b  b
  c  c  d     d  e
`);
const { profile, view, label, place } = subject;
const picture: Picture = {
  tree: view.tree,
  layout: view.layout,
  shades: shadesOf(profile, 'origin'),
  label,
  place,
  range: WHOLE,
  rootBelow: false,
  matched: undefined,
};

function nameAt(x: number, line: number, seen: Picture = picture, pixelRatio = 1): string | undefined {
  const hit = hitTest(seen, x, (line + 0.5) * LINE_HEIGHT, 600, pixelRatio, createBoxes());
  return hit && label(view.tree.func[hit.row] as number);
}

describe('what is at a point of the picture', () => {
  test('is the box drawn there, on every screen', () => {
    expect(nameAt(10, 1)).toBe('a');
    expect(nameAt(399, 1)).toBe('a');
    expect(nameAt(400, 1)).toBe('b');
    expect(nameAt(399, 1, picture, 2)).toBe('a');
    expect(nameAt(400.5, 1, picture, 2)).toBe('b');
  });

  test('is nothing where a function had only self time, and beside the picture', () => {
    expect(nameAt(350, 2)).toBeUndefined();
    expect(nameAt(10, 3)).toBeUndefined();
    expect(nameAt(10, -1)).toBeUndefined();
  });

  test('is counted from below when the root is there', () => {
    const below = { ...picture, rootBelow: true };
    expect(nameAt(10, 0, below)).toBe('c');
    expect(nameAt(10, 1, below)).toBe('a');
  });

  test('is that of the part that is seen', () => {
    expect(nameAt(10, 1, { ...picture, range: { from: 0.75, to: 1 } })).toBe('b');
  });
});
