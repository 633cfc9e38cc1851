import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANGE_ORDERS, type Changes, changeOf, sortedChanges, toChanges, toVerdict } from './changes.ts';
import { changesOf } from './changes-of.ts';
import { comparedFromText } from './loading/compared-from-text.ts';

const BEFORE = `
  main   main   main   main
  parse  parse  parse  draw
`;
const AFTER = `
  main   main   main   main  main  main  main  main
  parse  parse  parse  draw  draw  draw  draw  load
`;

describe('changes by function', () => {
  it('are amounts as measured', () => {
    const compared = comparedFromText(BEFORE, AFTER, 'amounts');
    expect(compared.table(changesOf(compared.profile, compared.view, 'self'))).toEqual({
      parse: [3000, 3000],
      draw: [1000, 4000],
      load: [0, 1000],
    });
  });

  it('are shares of each side, which do not change when everything lasts longer', () => {
    const compared = comparedFromText(BEFORE, AFTER, 'shares');
    expect(compared.table(changesOf(compared.profile, compared.view, 'self'))).toEqual({
      parse: [0.75, 0.375],
      draw: [0.25, 0.5],
      load: [0, 0.125],
    });
    const { view } = compared;
    expect(view.wholes).toEqual({ before: 4000, after: 8000 });
  });

  it('count what a function called, and itself once, in its total', () => {
    const compared = comparedFromText(BEFORE, AFTER, 'amounts');
    const { main } = compared.table(changesOf(compared.profile, compared.view, 'total'));
    expect(main).toEqual([4000, 8000]);
  });

  it('may be chance where few samples were taken, and are not where there are many', () => {
    const few = comparedFromText('a  b', 'a  a', 'shares');
    const fewChanges = changesOf(few.profile, few.view, 'self');
    expect(fewChanges.mayBeChance[few.func('a')]).toBe(1);
    const row = (name: string, count: number) => Array(count).fill(name).join('  ');
    const many = comparedFromText(`${row('a', 60)}  ${row('b', 60)}`, row('a', 120), 'shares');
    const manyChanges = changesOf(many.profile, many.view, 'self');
    expect(manyChanges.mayBeChance[many.func('a')]).toBe(0);
    // As many of it as before, but half of everything then and all of it now: nothing has changed of it as measured.
    const same = comparedFromText(`${row('a', 100)}  ${row('b', 100)}`, row('a', 100), 'amounts');
    expect(changesOf(same.profile, same.view, 'self').mayBeChance[same.func('a')]).toBe(1);
    expect(changesOf(same.profile, same.view, 'self').mayBeChance[same.func('b')]).toBe(0);
  });

  it('are never taken for chance where no samples are counted', () => {
    const one = comparedFromText('a', 'b', 'shares');
    const changes = toChanges(one.view.functions, {
      part: 'self',
      scale: 'shares',
      wholes: { before: 1000, after: 1000 },
      samples: undefined,
    });
    expect(Math.max(...changes.mayBeChance)).toBe(0);
  });
});

describe('the list of changes', () => {
  const compared = comparedFromText(BEFORE, AFTER, 'shares');
  const changes = changesOf(compared.profile, compared.view, 'self');
  const root = compared.view.tree.func[0];
  const names = (order: (typeof CHANGE_ORDERS)[number]) =>
    [...sortedChanges(changes, order, root)].map(compared.label);

  it('has the greatest difference first, whichever way, unless asked otherwise', () => {
    expect(names('size')).toEqual(['parse', 'draw', 'load', 'main']);
    expect(names('more')).toEqual(['draw', 'load', 'main', 'parse']);
    expect(names('less')).toEqual(['parse', 'main', 'load', 'draw']);
    expect(names('before')).toEqual(['parse', 'draw', 'load', 'main']);
    expect(names('after')).toEqual(['draw', 'parse', 'load', 'main']);
  });

  it('holds every function that is in the picture, once, in every order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 40 }),
        fc.constantFrom(...CHANGE_ORDERS),
        (pairs, order) => {
          const any: Changes = {
            before: Float64Array.from(pairs, ([before]) => before),
            after: Float64Array.from(pairs, ([, after]) => after),
            isThere: Uint8Array.from(pairs, ([before, after]) => (before + after > 0 ? 1 : 0)),
            mayBeChance: new Uint8Array(pairs.length),
          };
          const sorted = [...sortedChanges(any, order, undefined)];
          const expected = pairs.flatMap(([before, after], func) => (before + after > 0 ? [func] : []));
          expect(sorted.toSorted((a, b) => a - b)).toEqual(expected);
          if (order !== 'size') return;
          const sizes = sorted.map((func) => Math.abs(changeOf(any, func)));
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        },
      ),
    );
  });
});

describe('the verdict', () => {
  const verdictOf = (pairs: [number, number, number?][]) =>
    toVerdict(
      {
        before: Float64Array.from(pairs, ([before]) => before),
        after: Float64Array.from(pairs, ([, after]) => after),
        isThere: new Uint8Array(pairs.length).fill(1),
        mayBeChance: Uint8Array.from(pairs, ([, , chance]) => chance ?? 0),
      },
      1,
      undefined,
    );

  it('names what became most more and most less', () => {
    expect(
      verdictOf([
        [0.1, 0.2],
        [0.1, 0.4],
        [0.8, 0.4],
      ]),
    ).toEqual({ more: 1, less: 2 });
  });

  it('names nothing that may be chance or is next to nothing', () => {
    expect(
      verdictOf([
        [0.1, 0.4, 1],
        [0.5, 0.502],
        [0.4, 0.398],
      ]),
    ).toEqual({
      more: undefined,
      less: undefined,
    });
  });
});
