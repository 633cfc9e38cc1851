import { describe, expect, test } from 'vitest';
import { rowsNamed, subjectFromText } from '../state/subject-from-text.ts';
import { callersOf, findZoomShowing, isShown, type Step, stepFrom } from './navigation.ts';
import { centred, followed, panned, rangeOf, WHOLE, zoomed } from './view-range.ts';

const subject = subjectFromText(`
  a  a  a  a  b  b
  c  c  d     d  e
`);
const { tree, layout } = subject.view;

function walk(from: string, ...steps: Step[]): string {
  let [row = -1] = rowsNamed(subject, from);
  for (const step of steps) row = stepFrom(tree, layout, row, step);
  return row === 0 ? 'root' : subject.label(tree.func[row] as number);
}

describe('moving between calls', () => {
  test('goes to the caller and to the heaviest callee', () => {
    expect(walk('c', 'caller')).toBe('a');
    expect(walk('a', 'callee')).toBe('c');
    expect(walk('a', 'caller')).toBe('root');
  });

  test('goes along the line, also past the end of the caller', () => {
    expect(walk('c', 'right')).toBe('d');
    expect(walk('c', 'right', 'right', 'right')).toBe('e');
    expect(walk('e', 'left', 'left', 'left')).toBe('c');
  });

  test('stays where there is nowhere to go', () => {
    expect(walk('c', 'left')).toBe('c');
    expect(walk('c', 'callee')).toBe('c');
    expect(walk('e', 'right')).toBe('e');
    expect(stepFrom(tree, layout, 0, 'caller')).toBe(0);
  });

  test('knows the callers from the top', () => {
    const [d = 0] = rowsNamed(subject, 'd');
    expect(callersOf(tree, d).map((row) => subject.label(tree.func[row] as number))).toEqual(['a', 'd']);
  });
});

describe('bringing a call into view', () => {
  test('leaves a view alone in which it can be seen', () => {
    const [a = 0] = rowsNamed(subject, 'a');
    const [b = 0] = rowsNamed(subject, 'b');
    expect(isShown(tree, layout, a, WHOLE)).toBe(true);
    expect(isShown(tree, layout, b, rangeOf(tree, layout, a))).toBe(false);
  });

  test('zooms to the furthest caller in which it is wide enough', () => {
    const deep = subjectFromText(`${'x  '.repeat(999)}y\n${'   '.repeat(999)}z`);
    const [z = 0] = rowsNamed(deep, 'z');
    const zoom = findZoomShowing(deep.view.tree, z);
    expect(deep.label(deep.view.tree.func[zoom] as number)).toBe('y');
  });
});

describe('the view', () => {
  test('zooms around a point that stays', () => {
    const range = zoomed({ from: 0.2, to: 0.6 }, 0.5, 0.25);
    expect(range.from).toBeCloseTo(0.25);
    expect(range.to).toBeCloseTo(0.45);
  });

  test('keeps what is between two fingers between them', () => {
    const range = followed(
      { from: 0.2, to: 0.6 },
      { middle: 0.5, spread: 100 },
      { middle: 0.25, spread: 200 },
    );
    expect(range.from).toBeCloseTo(0.35);
    expect(range.to).toBeCloseTo(0.55);
  });

  test('moves with one finger as far as the finger does', () => {
    const range = followed({ from: 0.2, to: 0.6 }, { middle: 0.5, spread: 1 }, { middle: 0.25, spread: 1 });
    expect(range.from).toBeCloseTo(0.3);
    expect(range.to).toBeCloseTo(0.7);
  });

  test('never leaves the profile', () => {
    expect(followed(WHOLE, { middle: 0.5, spread: 100 }, { middle: 0.9, spread: 10 })).toEqual(WHOLE);
    expect(zoomed({ from: 0.5, to: 1 }, 100, 0.5)).toEqual(WHOLE);
    expect(panned({ from: 0.5, to: 1 }, 3)).toEqual({ from: 0.5, to: 1 });
    expect(panned({ from: 0.25, to: 0.5 }, -9)).toEqual({ from: 0, to: 0.25 });
  });

  test('is as wide as before around the place of the strip that is pressed, and within the whole', () => {
    const range = { from: 0.5, to: 0.75 };
    expect(centred(range, 0.25)).toEqual({ from: 0.125, to: 0.375 });
    expect(centred(range, 0)).toEqual({ from: 0, to: 0.25 });
    expect(centred(range, 1)).toEqual({ from: 0.75, to: 1 });
  });
});
