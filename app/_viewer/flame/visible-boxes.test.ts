import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Subject } from '../state/subject.ts';
import { subjectFromText } from '../state/subject-from-text.ts';
import { rangeOf, type ViewRange, WHOLE } from './view-range.ts';
import { createBoxes, findVisibleBoxes, hasNarrowBoxes } from './visible-boxes.ts';

const small = subjectFromText(`
  a  a  a  a  b  b
  c  c  d     d  e
`);

function boxesOf(subject: Subject, depth: number, width: number, range: ViewRange = WHOLE) {
  const boxes = createBoxes(2);
  const { tree, layout } = subject.view;
  findVisibleBoxes(tree, layout, depth, range, width, boxes);
  return Array.from({ length: boxes.length }, (_, at) => ({
    name: subject.label(tree.func[boxes.row[at] as number] as number),
    left: boxes.left[at] as number,
    right: boxes.right[at] as number,
    count: boxes.count[at] as number,
  }));
}

/** Many equal functions below one, each a sample. */
function wide(count: number): Subject {
  const names = Array.from({ length: count }, (_, at) => `f${at}`);
  return subjectFromText(
    `${names.map((name) => 'all'.padEnd(name.length + 2)).join('  ')}\n${names.map((name) => name.padEnd(Math.max(5, name.length + 2))).join('  ')}`,
  );
}

describe('the boxes of a line', () => {
  test('stand below their callers, the heaviest first, with room for the self time behind', () => {
    expect(boxesOf(small, 1, 600)).toEqual([
      { name: 'a', left: 0, right: 400, count: 1 },
      { name: 'b', left: 400, right: 600, count: 1 },
    ]);
    expect(boxesOf(small, 2, 600).map(({ name, left, right }) => `${name} ${left}-${right}`)).toEqual([
      'c 0-200',
      'd 200-300',
      'd 400-500',
      'e 500-600',
    ]);
  });

  test('are those within the view alone, cut at its edges', () => {
    const { tree, layout } = small.view;
    const b = tree.end[1] as number;
    expect(boxesOf(small, 2, 600, rangeOf(tree, layout, b)).map(({ name }) => name)).toEqual(['d', 'e']);
    expect(boxesOf(small, 1, 600, { from: 0.5, to: 0.75 })).toEqual([
      { name: 'a', left: 0, right: 400, count: 1 },
      { name: 'b', left: 400, right: 600, count: 1 },
    ]);
  });

  test('become one box where they are too narrow, as wide as all of them', () => {
    expect(boxesOf(wide(100), 2, 10)).toEqual([expect.objectContaining({ left: 0, right: 10, count: 100 })]);
  });

  test('never overlap, never end beyond the line, and lose no pixel of the time there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 200 }), (count, width) => {
        const boxes = boxesOf(wide(count), 2, width);
        let end = 0;
        let pixels = 0;
        for (const box of boxes) {
          expect(box.left).toBeGreaterThanOrEqual(end);
          expect(box.right).toBeGreaterThan(box.left);
          pixels += box.right - box.left;
          end = box.right;
        }
        // All time is in this line, so all of it is drawn.
        expect(pixels).toBe(width);
      }),
      { numRuns: 60 },
    );
  });

  test('are told to be narrow in the legend only where some are', () => {
    expect(hasNarrowBoxes(small.view.tree)).toBe(false);
    expect(hasNarrowBoxes(wide(10_000).view.tree)).toBe(true);
    expect(hasNarrowBoxes(subjectFromText('').view.tree)).toBe(false);
  });

  test('are none below the deepest call and none without time', () => {
    expect(boxesOf(small, 3, 600)).toEqual([]);
    expect(boxesOf(subjectFromText(''), 0, 600)).toEqual([]);
  });
});
