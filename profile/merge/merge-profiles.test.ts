import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { toDiffTree } from '../diff/diff-tree.ts';
import { ProfileMismatchError } from '../errors.ts';
import { findLabelSets, toLabelFacets } from '../labels/label-facets.ts';
import { pivotByLabel } from '../labels/pivot.ts';
import { FRAME_KIND, type Profile } from '../model/profile.ts';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { selfOfStacks } from '../text/self-of-stacks.ts';
import { mergeProfiles } from './merge-profiles.ts';

const one = profileFromText('main  main  (idle)\nparse');
const other = profileFromText('(idle)  main  other\n        draw  parse');

function merge(...profiles: Profile[]): Profile {
  return mergeProfiles(profiles.map((profile, at) => ({ profile, name: `game-${at}` })));
}

describe('merging profiles', () => {
  test('makes one of equal stacks of all', () => {
    const merged = merge(one, other);
    expect(formatCallTree(merged, toCallTree(merged))).toEqual([
      '(root) (total: 4, self: 0)',
      '  main (total: 3, self: 1)',
      '    parse (total: 1, self: 1)',
      '    draw (total: 1, self: 1)',
      '  other (total: 1, self: 0)',
      '    parse (total: 1, self: 1)',
    ]);
    expect(toCallTree(merged).idle.value).toBe(2000);
    expect(merged.timeline).toBeUndefined();
  });

  test('tells samples apart by a label where one is asked for', () => {
    const sources = [
      { profile: one, name: 'game-1' },
      { profile: other, name: 'game-2' },
    ];
    const merged = mergeProfiles(sources, { label: 'instance' });
    expect(toLabelFacets(merged).map(({ key, values }) => [key, values.map(({ value }) => value)])).toEqual([
      ['instance', ['game-1', 'game-2']],
    ]);
    for (const { profile, name } of sources) {
      const labelSets = findLabelSets(merged, [{ key: 'instance', value: name }]);
      expect(selfOfStacks(merged, toCallTree(merged, { labelSets }))).toEqual(
        selfOfStacks(profile, toCallTree(profile)),
      );
    }
    const pivoted = pivotByLabel(merged, 'instance');
    expect(formatCallTree(pivoted, toCallTree(pivoted)).slice(0, 2)).toEqual([
      '(root) (total: 4, self: 0)',
      '  game-1 (total: 2, self: 0)',
    ]);
  });

  test('keeps labels, and takes the value types that all have', () => {
    const waits = readPprof(
      pprofFromText(`
        contentions/count delay/nanoseconds
        main;query 3 1200 type=network tries=2
      `),
    );
    const holds = readPprof(
      pprofFromText(`
        delay/nanoseconds held/nanoseconds
        main;query 50 7 type=disk
        main       1  1
      `),
    );
    const merged = merge(waits, holds);
    expect(merged.valueTypes).toEqual([{ type: 'delay', unit: 'nanoseconds' }]);
    expect(toLabelFacets(merged)[0]?.values).toEqual([
      { value: 'network', totals: [1200] },
      { value: 'disk', totals: [50] },
    ]);
    expect(selfOfStacks(merged, toCallTree(merged))).toEqual(['main 1/1', 'main;query 1250/2']);
  });

  test('says what each measures when they have nothing in common', () => {
    const heap = readPprof(pprofFromText('inuse_space/bytes\nmain 5'));
    expect(() => merge(one, heap)).toThrow(ProfileMismatchError);
    expect(() => merge(one, heap)).toThrow(
      'The profiles measure nothing in common: samples in count, cpu in microseconds; inuse_space in bytes.',
    );
  });

  test('of one profile is that profile', () => {
    fc.assert(
      fc.property(anySamples, (samples) => {
        const profile = profileFromSamples(samples);
        const merged = merge(profile);
        expect(selfOfStacks(merged, toCallTree(merged))).toEqual(selfOfStacks(profile, toCallTree(profile)));
      }),
    );
  });

  test('loses and adds nothing, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(anySamples, { minLength: 1, maxLength: 4 }), (lists) => {
        const profiles = lists.map(profileFromSamples);
        const merged = merge(...profiles);
        const atOnce = profileFromSamples(lists.flat());
        const expected = selfOfStacks(atOnce, toCallTree(atOnce));
        expect(selfOfStacks(merged, toCallTree(merged))).toEqual(expected);
        const turned = merge(...profiles.toReversed());
        expect(selfOfStacks(turned, toCallTree(turned))).toEqual(expected);
        const { tree } = toDiffTree(merged, turned);
        expect([...tree.before.total]).toEqual([...tree.after.total]);
      }),
    );
  });

  test("takes a label's value for no function of its name", () => {
    const waits = readPprof(pprofFromText('delay/nanoseconds\nmain@:0 5 type=main'));
    const pivoted = pivotByLabel(waits, 'type');
    const merged = merge(pivoted, pivoted);
    expect(formatCallTree(merged, toCallTree(merged))).toEqual([
      '(root) (total: 10, self: 0)',
      '  main (total: 10, self: 0)',
      '    main (total: 10, self: 10)',
    ]);
    const { func } = toCallTree(merged);
    expect(Array.from(func, (called) => merged.functions.kind[called])).toEqual([
      FRAME_KIND.root,
      FRAME_KIND.label,
      FRAME_KIND.code,
    ]);
  });

  test('puts what V8 counted by line below the merged nodes', () => {
    const lined = (hits: number): Profile => ({
      ...one,
      nodeLines: {
        start: Uint32Array.from({ length: one.nodes.length + 1 }, (_, node) => Math.max(0, node - 1)),
        line: new Uint32Array(one.nodes.length - 1).fill(7),
        hits: new Uint32Array(one.nodes.length - 1).fill(hits),
      },
    });
    const { nodeLines, nodes } = merge(lined(1), lined(2));
    expect(nodeLines?.hits.reduce((sum, hits) => sum + hits)).toBe((one.nodes.length - 1) * 3);
    expect(nodeLines?.start[1]).toBe(0);
    expect(nodeLines?.start[nodes.length]).toBe((nodes.length - 1) * 2);
    expect(merge(lined(1), other).nodeLines).toBeUndefined();
  });
});
