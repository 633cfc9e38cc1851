import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallTree, toCallTree } from '../call-tree/call-tree.ts';
import { toFunctionTotals } from '../call-tree/function-totals.ts';
import type { Profile } from '../model/profile.ts';
import { anySamples, type DrawnSample, profileFromSamples } from '../text/any-profile.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { selfOfStacks } from '../text/self-of-stacks.ts';
import { toBottomUp } from './bottom-up.ts';
import { toCalleesTree } from './callees-tree.ts';
import { toCallersTree, toInvertedTree } from './callers-tree.ts';

const drawing = `
  main   main   main   other  draw
  parse  parse  draw   parse
  read   draw   parse
         parse
`;
const profile = profileFromText(drawing);
const tree = toCallTree(profile);

function func(name: string): number {
  return Array.from(profile.functions.name).findIndex((at) => profile.strings[at] === name);
}

describe('an inverted tree', () => {
  test('has every function with its self below the root, and callers below what they called', () => {
    expect(formatCallTree(profile, toInvertedTree(tree))).toEqual([
      '(root) (total: 5, self: 0)',
      '  parse (total: 3, self: 0)',
      '    draw (total: 2, self: 0)',
      '      main (total: 1, self: 1)',
      '      parse (total: 1, self: 0)',
      '        main (total: 1, self: 1)',
      '    other (total: 1, self: 1)',
      '  read (total: 1, self: 0)',
      '    parse (total: 1, self: 0)',
      '      main (total: 1, self: 1)',
      '  draw (total: 1, self: 1)',
    ]);
  });

  test('unfolds no callers of what is too light, and says so', () => {
    const heavy = toInvertedTree(tree, { minShare: 0.5, enoughRows: 0 });
    expect(formatCallTree(profile, heavy)).toEqual([
      '(root) (total: 5, self: 0)',
      '  parse (total: 3, self: 0)',
      '    draw (total: 2, self: 0)',
      '    other (total: 1, self: 1)',
      '  read (total: 1, self: 0)',
      '  draw (total: 1, self: 1)',
    ]);
    expect([...heavy.goesOn]).toEqual([0, 0, 1, 0, 1, 0]);
  });

  test('unfolds what is light too until it has enough rows, the heavier first', () => {
    const depths = (enoughRows: number) => toInvertedTree(tree, { minShare: 0.5, enoughRows }).length;
    expect([depths(0), depths(7), depths(9), depths(1000)]).toEqual([6, 8, 9, 11]);
  });

  test('keeps what was sampled in no function at all', () => {
    const rooted = profileFromSamples([{ stack: [], micros: 5 }]);
    const inverted = toInvertedTree(toCallTree(rooted));
    expect([inverted.length, inverted.total[0], inverted.self[0]]).toEqual([1, 5, 5]);
  });
});

describe('the callers of a function', () => {
  test('count a stack once, from the innermost call', () => {
    expect(formatCallTree(profile, toCallersTree(tree, func('parse')))).toEqual([
      '(root) (total: 4, self: 0)',
      '  parse (total: 4, self: 0)',
      '    draw (total: 2, self: 0)',
      '      main (total: 1, self: 1)',
      '      parse (total: 1, self: 0)',
      '        main (total: 1, self: 1)',
      '    main (total: 1, self: 1)',
      '    other (total: 1, self: 1)',
    ]);
  });
});

describe('the callees of a function', () => {
  test('count a stack once, from the outermost call', () => {
    const callees = toCalleesTree(tree, func('parse'));
    expect(formatCallTree(profile, callees)).toEqual([
      '(root) (total: 4, self: 0)',
      '  parse (total: 4, self: 2)',
      '    read (total: 1, self: 1)',
      '    draw (total: 1, self: 0)',
      '      parse (total: 1, self: 1)',
    ]);
    expect(callees.leftOut).toEqual({ value: 1000, count: 1 });
  });

  test('are none of a function that was never sampled', () => {
    expect(toCalleesTree(tree, 1000).length).toBe(1);
    expect(toCallersTree(tree, 1000).length).toBe(1);
  });
});

describe('a stack as deep as can be read', () => {
  const length = 60_000;
  const deep: Profile = {
    ...profile,
    nodes: {
      length,
      parent: Int32Array.from({ length }, (_, node) => node - 1),
      func: Uint32Array.from({ length }, (_, node) =>
        node === 0 ? 0 : node % 2 === 0 ? func('parse') : func('draw'),
      ),
      depth: Uint16Array.from({ length }, (_, node) => node),
    },
    samples: {
      length: 1,
      node: Uint32Array.of(length - 1),
      values: [undefined, Int32Array.of(7)],
      labelSet: undefined,
    },
  };

  test('is turned around, and folded', () => {
    const whole = toCallTree(deep);
    expect(toInvertedTree(whole).length).toBe(length);
    expect(toCallersTree(whole, func('parse')).maxDepth).toBe(length - 2);
    expect(toCalleesTree(whole, func('parse')).maxDepth).toBe(length - 2);
    expect(toCallTree(deep, { transforms: [{ kind: 'collapse-recursion' }] }).length).toBe(2);
  });
});

/** Each stack from its leaf, with what it took. */
function inverted(samples: readonly DrawnSample[]): string[] {
  const sums = new Map<string, [number, number]>();
  for (const { stack, micros } of samples) {
    if (stack[0] === '(idle)') continue;
    const key = stack
      .map((frame) => frame.split('@')[0])
      .reverse()
      .join(';');
    const [value, count] = sums.get(key) ?? [0, 0];
    sums.set(key, [value + micros, count + 1]);
  }
  return Array.from(sums, ([stack, [value, count]]) => `${stack} ${value}/${count}`).sort();
}

describe('trees turned around', () => {
  test('are the stacks from the leaf', () => {
    fc.assert(
      fc.property(anySamples, (samples) => {
        const drawn = profileFromSamples(samples);
        const turned = toInvertedTree(toCallTree(drawn), { minShare: 0 });
        expect(selfOfStacks(drawn, turned)).toEqual(inverted(samples));
        expect(turned.goesOn.some(Boolean)).toBe(false);
      }),
    );
  });

  test('have the self of each function below the root, whatever is unfolded', () => {
    const anyShare = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anySamples, anyShare, fc.nat({ max: 20 }), (samples, minShare, enoughRows) => {
        const drawn = profileFromSamples(samples);
        const whole = toCallTree(drawn);
        const turned = toInvertedTree(whole, { minShare, enoughRows });
        const { self } = toFunctionTotals(whole, drawn.functions.length);
        self[whole.func[0] as number] = 0;
        expect(turned.total[0]).toBe(whole.total[0]);
        expect(turned.totalCount[0]).toBe(whole.totalCount[0]);
        for (let row = 1; row < turned.length; row++) {
          if (turned.depth[row] !== 1) continue;
          const called = turned.func[row] as number;
          expect(turned.total[row]).toBe(self[called]);
          self[called] = 0;
        }
        expect(self.some(Boolean)).toBe(false);
      }),
    );
  });

  test('of one function have its total on both sides', () => {
    fc.assert(
      fc.property(anySamples, (samples) => {
        const drawn = profileFromSamples(samples);
        const whole = toCallTree(drawn);
        const totals = toFunctionTotals(whole, drawn.functions.length);
        for (let called = 0; called < drawn.functions.length; called++) {
          if (called === whole.func[0]) continue;
          for (const side of [toCallersTree(whole, called, { minShare: 0 }), toCalleesTree(whole, called)]) {
            expect(side.total[0]).toBe(totals.total[called]);
            expect(side.totalCount[0]).toBe(totals.totalCount[called]);
            expect((side.total[0] as number) + side.leftOut.value).toBe(whole.total[0]);
            expectSound(side);
          }
          const self = toFunctionTotals(toCalleesTree(whole, called), drawn.functions.length).self[called];
          expect(self).toBe(totals.self[called]);
        }
      }),
    );
  });
});

/** What a row has is its own and its children's. */
function expectSound({ length, parent, self, total }: CallTree): void {
  const sums = self.slice();
  for (let row = length - 1; row > 0; row--) {
    const above = parent[row] as number;
    sums[above] = (sums[above] as number) + (sums[row] as number);
  }
  expect([...sums]).toEqual([...total]);
}

describe('a bottom-up table', () => {
  test('unfolds any row to where its stacks begin', () => {
    fc.assert(
      fc.property(anySamples, fc.array(fc.nat()), (samples, picks) => {
        const drawn = profileFromSamples(samples);
        const whole = toCallTree(drawn);
        const rows = toBottomUp(whole);
        // In any order first, then all that is left.
        for (const pick of picks) rows.callersOf(pick % rows.length);
        for (let row = 0; row < rows.length; row++) {
          const { first, end } = rows.callersOf(row);
          let total = rows.self(row);
          for (let caller = first; caller < end; caller++) {
            expect(rows.parent(caller)).toBe(row);
            if (caller > first) expect(rows.total(caller)).toBeLessThanOrEqual(rows.total(caller - 1));
            total += rows.total(caller);
          }
          expect(total).toBe(rows.total(row));
        }
        expect(rows.length).toBe(toInvertedTree(whole, { minShare: 0 }).length);
      }),
    );
  });
});
