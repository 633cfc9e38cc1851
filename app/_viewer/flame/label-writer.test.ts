import { describe, expect, test } from 'vitest';
import { LabelWriter } from './label-writer.ts';

const COLOURS = { label: 'black', place: 'grey' };

/** A canvas on which every letter is ten pixels wide. */
function writer() {
  const written: string[] = [];
  let measured = 0;
  const context = {
    measureText: (text: string) => {
      measured++;
      return { width: [...text].length * 10 };
    },
    fillText: (text: string, x: number) => written.push(`${text}@${x}`),
  };
  const labels = new LabelWriter(context as unknown as CanvasRenderingContext2D, 'sans-serif');
  const write = (label: string, place: string, boxWidth: number) => {
    written.length = 0;
    labels.write({ label, place }, COLOURS, 100, 10, boxWidth);
    return [...written];
  };
  return { write, measured: () => measured, labels };
}

describe('the text of a box', () => {
  test('is the label, and the place where there is room for both', () => {
    const { write } = writer();
    expect(write('render', 'ui.ts:12', 300)).toEqual(['render@105', 'ui.ts:12@173']);
    expect(write('render', 'ui.ts:12', 150)).toEqual(['render@105']);
    expect(write('render', '', 300)).toEqual(['render@105']);
  });

  test('is cut where it does not fit, and left out where nothing of it would', () => {
    const { write } = writer();
    expect(write('renderAll', '', 60)).toEqual(['rend…@105']);
    expect(write('renderAll', '', 32)).toEqual(['@105']);
  });

  test('is never cut through a letter', () => {
    const { write } = writer();
    expect(write('a\u{1f600}\u{1f600}\u{1f600}b', '', 50)).toEqual(['a\u{1f600}\u{1f600}…@105']);
  });

  test('is measured once, however often the width of its box changes', () => {
    const { write, measured, labels } = writer();
    write('renderAll', '', 60);
    const once = measured();
    for (let width = 30; width < 90; width++) write('renderAll', '', width);
    const all = measured();
    for (let width = 30; width < 90; width++) write('renderAll', '', width);
    expect(measured()).toBe(all);
    expect(all - once).toBeLessThanOrEqual('renderAll'.length);
    labels.forgetWidths();
    write('renderAll', '', 60);
    expect(measured()).toBeGreaterThan(all);
  });
});
