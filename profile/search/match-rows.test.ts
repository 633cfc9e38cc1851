import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import { findNextRow, matchRows } from './match-rows.ts';

describe('the rows of functions that were found', () => {
  test('are worth every sample with such a function, once', () => {
    fc.assert(
      fc.property(
        anySamples,
        fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'pack', 'run')),
        (samples, names) => {
          const { strings, functions, ...rest } = profileFromSamples(samples);
          const found = Uint8Array.from(functions.name, (name) =>
            names.includes(strings[name] ?? '') ? 1 : 0,
          );
          const tree = toCallTree({ strings, functions, ...rest });
          const isFound = (frame: string) => names.includes(frame.split('@')[0] ?? '');
          const expected = samples.filter(({ stack }) => stack.some(isFound));
          const { rows, value } = matchRows(tree, found);
          expect(value).toBe(expected.reduce((sum, { micros }) => sum + micros, 0));
          expect([...rows]).toEqual(
            Array.from(tree.func.keys()).filter((row) => found[tree.func[row] as number] === 1),
          );
        },
      ),
    );
  });

  test('follow each other around the end, from wherever one is', () => {
    const anyRows = fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 6 });
    fc.assert(
      fc.property(anyRows, fc.nat({ max: 30 }), (unsorted, from) => {
        const rows = Uint32Array.from(unsorted).sort();
        const all = [...rows];
        expect(findNextRow({ rows, value: 0 }, from, 1)).toBe(all.find((row) => row > from) ?? all[0]);
        expect(findNextRow({ rows, value: 0 }, from, -1)).toBe(
          all.findLast((row) => row < from) ?? all.at(-1),
        );
      }),
    );
  });
});
