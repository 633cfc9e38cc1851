import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import type { Transform } from '../transform/transform.ts';
import { type CallTree, type CallTreeOptions, toCallTree } from './call-tree.ts';

const frames = { by: 'function', function: { name: 'a', url: 'app.js', line: 0, column: 0 } } as const;
const anyTransforms: fc.Arbitrary<Transform[]> = fc.array(
  fc.constantFrom<Transform[]>(
    { kind: 'hide', frames },
    { kind: 'focus', frames },
    { kind: 'collapse-recursion' },
  ),
  { maxLength: 2 },
);
const anyOptions: fc.Arbitrary<CallTreeOptions> = fc.record({
  valueType: fc.constantFrom(0, 1),
  includeIdle: fc.boolean(),
  labelSets: fc.constantFrom(undefined, Uint8Array.of(1), Uint8Array.of(0)),
  timeRange: fc.option(
    fc.record({ fromMicros: fc.nat({ max: 20_000 }), toMicros: fc.nat({ max: 40_000 }) }),
    { nil: undefined },
  ),
  transforms: anyTransforms,
});

/** A profile of which nothing is known yet. */
function copyOf(profile: Profile): Profile {
  return { ...profile };
}

/** As a worker does that hands the columns over: whoever asks again must not find them gone. */
function giveAway(tree: CallTree): void {
  const columns = Object.values(tree).filter((column) => ArrayBuffer.isView(column));
  structuredClone(null, { transfer: [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))] });
}

describe('what is known of a profile', () => {
  test('changes no answer, whatever was asked before', () => {
    fc.assert(
      fc.property(anySamples, fc.array(anyOptions, { minLength: 1, maxLength: 8 }), (samples, asked) => {
        const profile = profileFromSamples(samples);
        for (const options of [...asked, ...asked]) {
          const tree = toCallTree(profile, options);
          expect(tree).toEqual(toCallTree(copyOf(profile), options));
          giveAway(tree);
        }
      }),
    );
  });
});
