import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { ORIGIN } from '../model/function-origin.ts';
import { anySamples, type DrawnSample, profileFromSamples } from '../text/any-profile.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { selfOfStacks } from '../text/self-of-stacks.ts';
import type { FrameSelector, Transform } from './transform.ts';

const drawing = `
  main                             main                             main   draw
  handle@node:http:3               parse                            parse  main
  find@/srv/node_modules/db/q.js   find@/srv/node_modules/db/q.js          parse
  read@node:fs:9                   each@/srv/node_modules/db/q.js          main
  parse
`;

function named(name: string, url = 'app.js', line = 0): FrameSelector {
  return { by: 'function', function: { name, url, line, column: 0 } };
}

function drawn(text: string, ...transforms: Transform[]): string[] {
  const profile = profileFromText(text);
  return formatCallTree(profile, toCallTree(profile, { transforms }));
}

describe('hiding frames', () => {
  test('hangs what they called below their caller, who gets what they took themselves', () => {
    expect(drawn(drawing, { kind: 'hide', frames: { by: 'package', name: 'db' } })).toEqual([
      '(root) (total: 4, self: 0)',
      '  main (total: 3, self: 0)',
      '    parse (total: 2, self: 2)',
      '    handle (total: 1, self: 0)',
      '      read (total: 1, self: 0)',
      '        parse (total: 1, self: 1)',
      '  draw (total: 1, self: 0)',
      '    main (total: 1, self: 0)',
      '      parse (total: 1, self: 0)',
      '        main (total: 1, self: 1)',
    ]);
  });

  test('merges what meets below the caller', () => {
    const runtime: Transform = { kind: 'hide', frames: { by: 'origin', origin: ORIGIN.runtime } };
    expect(drawn('a\nx@node:x:1\nb', runtime)).toEqual(drawn('a\nb'));
    expect(drawn('a             a\nx@node:x:1    b\nb', runtime)).toEqual(drawn('a  a\nb  b'));
  });

  test('never hides the root, which has no script either', () => {
    const native: Transform = { kind: 'hide', frames: { by: 'origin', origin: ORIGIN.native } };
    expect(drawn('(program)  main', native)).toEqual([
      '(root) (total: 2, self: 1)',
      '  main (total: 1, self: 1)',
    ]);
  });
});

describe('collapsing frames', () => {
  test('gives the outermost of them all that it called', () => {
    expect(drawn(drawing, { kind: 'collapse', frames: { by: 'package', name: 'db' } }).slice(0, 7)).toEqual([
      '(root) (total: 4, self: 0)',
      '  main (total: 3, self: 0)',
      '    parse (total: 2, self: 1)',
      '      find (total: 1, self: 1)',
      '    handle (total: 1, self: 0)',
      '      find (total: 1, self: 1)',
      '  draw (total: 1, self: 0)',
    ]);
  });
});

describe('focusing on frames', () => {
  test('begins every stack with the outermost and tells what has none', () => {
    const profile = profileFromText(drawing);
    const tree = toCallTree(profile, { transforms: [{ kind: 'focus', frames: named('parse') }] });
    expect(formatCallTree(profile, tree)).toEqual([
      '(root) (total: 4, self: 0)',
      '  parse (total: 4, self: 2)',
      '    main (total: 1, self: 1)',
      '    find (total: 1, self: 0)',
      '      each (total: 1, self: 1)',
    ]);
    const file: FrameSelector = { by: 'file', url: '/srv/node_modules/db/q.js' };
    const focused = toCallTree(profile, { transforms: [{ kind: 'focus', frames: file }] });
    expect(focused.leftOut).toEqual({ value: 2000, count: 2 });
    expect(focused.total[0]).toBe(2000);
  });
});

describe('dropping frames', () => {
  test('leaves out their stacks and tells how much that was', () => {
    const profile = profileFromText(drawing);
    const tree = toCallTree(profile, { transforms: [{ kind: 'drop', frames: named('draw') }] });
    expect(tree.leftOut).toEqual({ value: 1000, count: 1 });
    expect(tree.total[0]).toBe(3000);
    expect(formatCallTree(profile, tree).join()).not.toContain('draw');
  });
});

describe('collapsing recursion', () => {
  test('makes one box of all calls of a function, with what each of them called', () => {
    expect(drawn('a  a  a\nb  b  b\na  a  c\nb  c\nd', { kind: 'collapse-recursion' })).toEqual([
      '(root) (total: 3, self: 0)',
      '  a (total: 3, self: 0)',
      '    b (total: 2, self: 0)',
      '      d (total: 1, self: 1)',
      '      c (total: 1, self: 1)',
      '    c (total: 1, self: 1)',
    ]);
  });
});

const selectors: FrameSelector[] = [
  named('a'),
  named('b'),
  { by: 'file', url: 'own.js' },
  { by: 'package', name: 'pack' },
  { by: 'origin', origin: ORIGIN.runtime },
  { by: 'origin', origin: ORIGIN.native },
  named('nobody'),
];
/** By the name of a frame, as the drawings of the property tests have them. */
const isMeant: ((name: string) => boolean)[] = [
  (name) => name === 'a',
  (name) => name === 'b',
  (name) => name === 'c',
  (name) => name === 'pack',
  (name) => name === 'run',
  (name) => name === 'write',
  () => false,
];

const anyTransform: fc.Arbitrary<Transform> = fc
  .tuple(
    fc.constantFrom('hide', 'collapse', 'focus', 'drop', 'collapse-recursion'),
    fc.constantFrom(...selectors),
  )
  .map(([kind, frames]) => (kind === 'collapse-recursion' ? { kind } : { kind, frames }));

function withoutRepeats(stack: readonly string[]): string[] {
  const kept: string[] = [];
  for (const name of stack) {
    if (kept.includes(name)) kept.length = kept.indexOf(name);
    kept.push(name);
  }
  return kept;
}

/** The same on one stack of names, as the words of the types say it; undefined when it is left out. */
function onStack(stack: readonly string[], transform: Transform): readonly string[] | undefined {
  if (transform.kind === 'collapse-recursion') return withoutRepeats(stack);
  const isSelected = isMeant[selectors.indexOf(transform.frames)] ?? (() => false);
  const first = stack.findIndex(isSelected);
  switch (transform.kind) {
    case 'hide':
      return stack.filter((name) => !isSelected(name));
    case 'collapse':
      return first < 0 ? stack : stack.slice(0, first + 1);
    case 'focus':
      return first < 0 ? undefined : stack.slice(first);
    case 'drop':
      return first < 0 ? stack : undefined;
  }
}

function expected(samples: readonly DrawnSample[], transforms: readonly Transform[]): string[] {
  const sums = new Map<string, { micros: number; count: number }>();
  for (const { stack, micros } of samples) {
    if (stack[0] === '(idle)') continue;
    const names: readonly string[] = stack.map((frame) => frame.split('@')[0] ?? '');
    const left = transforms.reduce<readonly string[] | undefined>(
      (rest, transform) => rest && onStack(rest, transform),
      names,
    );
    if (left === undefined) continue;
    const sum = sums.get(left.join(';')) ?? { micros: 0, count: 0 };
    sums.set(left.join(';'), { micros: sum.micros + micros, count: sum.count + 1 });
  }
  return Array.from(sums, ([stack, { micros, count }]) => `${stack} ${micros}/${count}`).sort();
}

describe('transforms', () => {
  test('do to every stack what they say, one after the other', () => {
    fc.assert(
      fc.property(anySamples, fc.array(anyTransform, { maxLength: 4 }), (samples, transforms) => {
        const profile = profileFromSamples(samples);
        expect(selfOfStacks(profile, toCallTree(profile, { transforms }))).toEqual(
          expected(samples, transforms),
        );
      }),
      { numRuns: 400 },
    );
  });

  test('keep the total exactly, or tell what they left out', () => {
    fc.assert(
      fc.property(anySamples, fc.array(anyTransform, { maxLength: 4 }), (samples, transforms) => {
        const profile = profileFromSamples(samples);
        const whole = toCallTree(profile);
        const tree = toCallTree(profile, { transforms });
        expect((tree.total[0] as number) + tree.leftOut.value).toBe(whole.total[0]);
        expect((tree.totalCount[0] as number) + tree.leftOut.count).toBe(whole.totalCount[0]);
        if (transforms.every(({ kind }) => kind !== 'focus' && kind !== 'drop'))
          expect(tree.leftOut).toEqual({ value: 0, count: 0 });
      }),
    );
  });

  test('that hide, or that drop, may be done in any order and twice', () => {
    const anySelectors = fc.array(fc.constantFrom(...selectors), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(anySamples, fc.constantFrom('hide', 'drop'), anySelectors, (samples, kind, chosen) => {
        const profile = profileFromSamples(samples);
        const transforms = chosen.map((frames): Transform => ({ kind, frames }));
        const once = toCallTree(profile, { transforms });
        const again = toCallTree(profile, { transforms: [...transforms.toReversed(), ...transforms] });
        expect(formatCallTree(profile, again)).toEqual(formatCallTree(profile, once));
      }),
    );
  });

  test('do not change what a profile is without them', () => {
    const profile = profileFromText(drawing);
    const before = formatCallTree(profile, toCallTree(profile));
    toCallTree(profile, { transforms: [{ kind: 'hide', frames: named('main') }] });
    expect(formatCallTree(profile, toCallTree(profile))).toEqual(before);
  });
});
