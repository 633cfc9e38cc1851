import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileLimitError, ProfileSyntaxError } from '../errors.ts';
import { DEFAULT_LIMITS } from '../model/profile.ts';
import { NO_STACK, RawPprof } from './raw-pprof.ts';
import { SharedStacks } from './shared-stacks.ts';
import { WireCursor } from './wire-cursor.ts';

/** Of each length that the wire format has up to six bytes, at both ends. */
const id = fc.constantFrom(1, 2, 3, 127, 128, 129, 16_383, 16_384, 2 ** 21, 2 ** 28 - 1, 2 ** 28, 2 ** 35);
type Form = 'packed' | 'in two' | 'one by one';
const anySample = fc.record({
  /** From the outermost caller on; how much of the stack before goes on, and what is new. */
  goesOn: fc.nat({ max: 12 }),
  calls: fc.array(id, { maxLength: 6 }),
  form: fc.constantFrom<Form>('packed', 'packed', 'packed', 'in two', 'one by one'),
});

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

function cursorOver(bytes: readonly number[]): WireCursor {
  // Something before and behind, as in a file.
  return new WireCursor().over(Uint8Array.from([7, ...bytes, 9]), 1, bytes.length + 1, 0);
}

function tell(stacks: SharedStacks, leafFirst: readonly number[], form: Form): void {
  const packed = (ids: readonly number[]) => stacks.addPacked(cursorOver(ids.flatMap(varint)));
  if (form === 'packed') packed(leafFirst);
  else if (form === 'in two') {
    const middle = leafFirst.length >> 1;
    packed(leafFirst.slice(0, middle));
    packed(leafFirst.slice(middle));
  } else
    for (const one of leafFirst) {
      const cursor = cursorOver(varint(one));
      cursor.readNumber();
      stacks.add(cursor);
    }
}

/** The rows of locations from the outermost caller on. */
function locationsOf(raw: RawPprof, stack: number): number[] {
  const parent = raw.stacks.parents();
  const location = raw.stacks.keys();
  const rows: number[] = [];
  for (let at = stack; at !== NO_STACK; at = parent[at] as number) rows.unshift(location[at] as number);
  return rows;
}

describe('stacks that share their callers', () => {
  test('are each what was told, however they were told and whatever came before', () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 40 }), (samples) => {
        const raw = new RawPprof(DEFAULT_LIMITS.maxStringTableBytes);
        const stacks = new SharedStacks(raw, DEFAULT_LIMITS);
        let before: number[] = [];
        const told = samples.map(({ goesOn, calls, form }) => {
          before = [...before.slice(0, goesOn), ...calls];
          stacks.begin();
          tell(stacks, before.toReversed(), form);
          return { ids: before, stack: stacks.end() };
        });
        for (const { ids, stack } of told) {
          const rows = ids.map((one) => raw.locationIds.rowOf(one >>> 0, Math.floor(one / 2 ** 32)));
          expect(locationsOf(raw, stack)).toEqual(rows);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('are kept once', () => {
    const raw = new RawPprof(DEFAULT_LIMITS.maxStringTableBytes);
    const stacks = new SharedStacks(raw, DEFAULT_LIMITS);
    for (const form of ['packed', 'one by one', 'in two', 'packed'] as const) {
      stacks.begin();
      tell(stacks, [300, 200, 100], form);
      stacks.end();
    }
    expect(raw.stacks.length).toBe(3);
  });

  test('are refused when a number is cut off or too long, whatever came before', () => {
    for (const broken of [[0x80], [1, 0x80], [...Array(10).fill(0x80), 1, 1]]) {
      const stacks = new SharedStacks(new RawPprof(DEFAULT_LIMITS.maxStringTableBytes), DEFAULT_LIMITS);
      stacks.begin();
      tell(stacks, [1, 1], 'packed');
      stacks.end();
      stacks.begin();
      expect(() => stacks.addPacked(cursorOver(broken))).toThrow(ProfileSyntaxError);
    }
  });

  test('are refused when they are deeper than is accepted', () => {
    const limits = { ...DEFAULT_LIMITS, maxDepth: 3 };
    for (const form of ['packed', 'in two', 'one by one'] as const) {
      const stacks = new SharedStacks(new RawPprof(DEFAULT_LIMITS.maxStringTableBytes), limits);
      stacks.begin();
      tell(stacks, [1, 2, 3], form);
      stacks.end();
      stacks.begin();
      expect(() => tell(stacks, [4, 1, 2, 3], form)).toThrow(ProfileLimitError);
    }
  });
});
