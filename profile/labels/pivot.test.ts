import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { toFunctionTotals } from '../call-tree/function-totals.ts';
import { FRAME_KIND } from '../model/profile.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { findLabelSets } from './label-facets.ts';
import { pivotByLabel } from './pivot.ts';

const drawing = `
  contentions/count delay/nanoseconds
  main;query 3 1200 type=network tries=2
  main;query 1 100  type=disk
  main;sleep 1 9000 type=timer
  main       2 50
  main       4 5    type=network room=7a
`;

describe('a pivot by a label', () => {
  test('has the values below the root, and a frame without a name for samples that have none', () => {
    const pivoted = pivotByLabel(readPprof(pprofFromText(drawing)), 'type');
    expect(formatCallTree(pivoted, toCallTree(pivoted))).toEqual([
      '(root) (total: 10355, self: 0)',
      '  timer (total: 9000, self: 0)',
      '    main (total: 9000, self: 0)',
      '      sleep (total: 9000, self: 9000)',
      '  network (total: 1205, self: 0)',
      '    main (total: 1205, self: 5)',
      '      query (total: 1200, self: 1200)',
      '  disk (total: 100, self: 0)',
      '    main (total: 100, self: 0)',
      '      query (total: 100, self: 100)',
      '   (total: 50, self: 0)',
      '    main (total: 50, self: 50)',
    ]);
    const kinds = Array.from(toCallTree(pivoted).func, (func) => pivoted.functions.kind[func]);
    expect(kinds.filter((kind) => kind === FRAME_KIND.label).length).toBe(4);
  });

  test('can be narrowed and changed as any profile, its values never taken for code', () => {
    const pivoted = pivotByLabel(readPprof(pprofFromText(drawing)), 'type');
    const labelSets = findLabelSets(pivoted, [{ key: 'type', value: 'network' }]);
    const hidden = { kind: 'hide', frames: { by: 'file', url: '' } } as const;
    expect(formatCallTree(pivoted, toCallTree(pivoted, { labelSets, transforms: [hidden] }))).toEqual([
      '(root) (total: 1205, self: 0)',
      '  network (total: 1205, self: 0)',
      '    main (total: 1205, self: 5)',
      '      query (total: 1200, self: 1200)',
    ]);
    const byName = { name: 'network', url: '', line: 0, column: 0 };
    const focus = { kind: 'focus', frames: { by: 'function', function: byName } } as const;
    expect(toCallTree(pivoted, { transforms: [focus] }).total[0]).toBe(1205);
  });

  test('stays above what is focused on', () => {
    const pivoted = pivotByLabel(readPprof(pprofFromText(drawing)), 'type');
    const query = { name: 'query', url: 'app.js', line: 0, column: 0 };
    const focus = { kind: 'focus', frames: { by: 'function', function: query } } as const;
    const tree = toCallTree(pivoted, { transforms: [focus] });
    expect(formatCallTree(pivoted, tree)).toEqual([
      '(root) (total: 1300, self: 0)',
      '  network (total: 1200, self: 0)',
      '    query (total: 1200, self: 1200)',
      '  disk (total: 100, self: 0)',
      '    query (total: 100, self: 100)',
    ]);
    expect(tree.leftOut).toEqual({ value: 9055, count: 7 });
  });

  test('by a key that nobody bears puts everything below one frame', () => {
    const pivoted = pivotByLabel(readPprof(pprofFromText(drawing)), 'nothing');
    expect(formatCallTree(pivoted, toCallTree(pivoted)).slice(0, 3)).toEqual([
      '(root) (total: 10355, self: 0)',
      '   (total: 10355, self: 0)',
      '    main (total: 10355, self: 55)',
    ]);
  });

  test('changes no total of any function', () => {
    const anySample = fc.tuple(
      fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 }),
      fc.nat({ max: 9999 }),
      fc.constantFrom('', ' k=x', ' k=y', ' j=x', ' j=y k=z'),
    );
    fc.assert(
      fc.property(fc.array(anySample, { minLength: 1, maxLength: 20 }), (samples) => {
        const lines = samples.map(([stack, value, labels]) => `${stack.join(';')} ${value}${labels}`);
        const profile = readPprof(pprofFromText(['cpu/nanoseconds', ...lines].join('\n')));
        const pivoted = pivotByLabel(profile, 'k');
        const { length } = profile.functions;
        const before = toFunctionTotals(toCallTree(profile), length);
        const after = toFunctionTotals(toCallTree(pivoted), pivoted.functions.length);
        expect([...after.total.slice(0, length)]).toEqual([...before.total]);
        expect([...after.self.slice(0, length)]).toEqual([...before.self]);
      }),
    );
  });
});
