import { describe, expect, test } from 'vitest';
import { encodePprof } from '../pprof/encode-pprof.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { toCallTree } from './call-tree.ts';
import { profileOfTree } from './profile-of-tree.ts';

const profile = profileFromText(`
  main  main   main  (idle)  other
  parse draw   draw
  read  paint
`);
const tree = toCallTree(profile, {
  transforms: [
    { kind: 'hide', frames: { by: 'function', function: { name: 'parse', url: '', line: 0, column: 0 } } },
  ],
});

describe('a call tree as a profile', () => {
  test('is the same tree when it is read again', () => {
    const made = profileOfTree(profile, tree, profile.defaultValueType);
    expect(formatCallTree(made, toCallTree(made, { includeIdle: true }))).toEqual(
      formatCallTree(profile, tree),
    );
  });

  test('keeps value and count through a file', () => {
    const made = profileOfTree(profile, tree, profile.defaultValueType);
    const read = readPprof(encodePprof(made, { includeIdle: true }));
    expect(read.valueTypes.map(({ type }) => type)).toEqual(['samples', 'cpu']);
    const again = toCallTree(read, { includeIdle: true });
    expect(again.totalCount[0]).toBe(tree.totalCount[0]);
    expect(again.total[0]).toBe((tree.total[0] as number) * 1000);
    expect(again.length).toBe(tree.length);
  });

  test('has one value where that counts itself', () => {
    const counted = readPprof(pprofFromText('contentions/count delay/nanoseconds\nmain;lock 3 70\nmain 1 5'));
    const made = profileOfTree(counted, toCallTree(counted, { valueType: 0 }), 0);
    expect(made.valueTypes).toEqual([{ type: 'contentions', unit: 'count' }]);
    expect(toCallTree(made).total[0]).toBe(4);
    const delay = profileOfTree(counted, toCallTree(counted, { valueType: 1 }), 1);
    expect(delay.valueTypes.map(({ type }) => type)).toEqual(['contentions', 'delay']);
    expect(toCallTree(delay).totalCount[0]).toBe(4);
  });
});
