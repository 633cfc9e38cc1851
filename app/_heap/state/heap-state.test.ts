import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CHANGE_PARTS,
  CLASS_SORTS,
  COMPARE_SORTS,
  HEAP_TREES,
  HEAP_VIEWS,
  type HeapState,
  INITIAL_HEAP_STATE,
  MOST_IGNORED,
  MOST_OPEN_ROWS,
  OBJECT_PARTS,
  OBJECT_SORTS,
  parseHeapState,
  withoutHeapState,
  writeHeapState,
} from './heap-state.ts';
import { pathToText } from './row-path.ts';

/** Texts that an address or its separators could take for something else: ten thousand states of free texts take a minute. */
const text = fc.constantFrom(
  ...['', 'Session', '(string)', '.', '~', '*', '~1', 'Map.entries*~2', '%2E', '+ &=#?;'],
  ...['名簿', '🙂\u0301', '"a\\', '@12', '\0'],
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const id = fc.nat({ max: 2 ** 32 - 1 });
const key = fc.oneof(id.map(String), text);
const path = fc.array(key, { minLength: 1, maxLength: 4 });
const paths = fc.uniqueArray(path, { selector: pathToText, maxLength: 3 });
const order = <const T extends string>(sorts: readonly T[]) =>
  fc.record({ by: fc.constantFrom(...sorts), descending: fc.boolean() });

const anyState: fc.Arbitrary<HeapState> = fc.record({
  view: optional(fc.constantFrom(...HEAP_VIEWS)),
  classFilter: text,
  search: text,
  stringFilter: text,
  changeFilter: text,
  classOrder: order(CLASS_SORTS),
  objectOrder: order(OBJECT_SORTS),
  changeOrder: order(COMPARE_SORTS),
  open: fc.record({
    classes: paths,
    dominators: paths,
    holders: paths,
    changes: paths,
    fields: paths,
    retainers: paths,
  }),
  cursor: optional(path),
  scrolledRows: fc.nat({ max: 9_999_999 }),
  selected: optional(id),
  part: fc.constantFrom(...OBJECT_PARTS),
  ignored: fc.uniqueArray(id, { maxLength: 5 }),
  holdersOf: optional(fc.oneof(fc.record({ className: text }), fc.record({ object: id }))),
  earlier: optional(fc.constantFrom('cap_0123456789abcdefghij', 'a b')),
  changedClass: optional(text),
  changePart: fc.constantFrom(...CHANGE_PARTS),
});

/** Cheaper than to compare ten thousand of them key by key; both have their keys in the same order. */
const isSame = (a: HeapState, b: HeapState) => JSON.stringify(a) === JSON.stringify(b);

/** As it goes through an address bar. */
function reopened(state: HeapState): HeapState {
  const query = writeHeapState(state, new URLSearchParams()).toString();
  return parseHeapState(new URL(`http://localhost/captures/cap_1?${query}`).searchParams);
}

describe('the address of what is seen of a snapshot', () => {
  test('restores ten thousand views exactly', () => {
    fc.assert(
      fc.property(anyState, (state) => isSame(reopened(state), state)),
      { numRuns: 10_000 },
    );
  });

  test('says nothing of what is as at the beginning, and leaves what others keep there', () => {
    expect(writeHeapState(INITIAL_HEAP_STATE, new URLSearchParams('q=old&tab=facts')).toString()).toBe(
      'tab=facts',
    );
  });

  test('can be taken out of a query, which keeps the rest', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const query = writeHeapState(state, new URLSearchParams('file=a.heapsnapshot'));
        expect(withoutHeapState(query).toString()).toBe('file=a.heapsnapshot');
      }),
      { numRuns: 200 },
    );
  });

  test('takes whatever stands there for the beginning when it makes no sense', () => {
    const nonsense =
      'view=flame&sort=-evil&osort=&gsort=size&line=-1&obj=12x&part=legs&ignore=a..&who=Session&change=x&before=';
    expect(parseHeapState(new URLSearchParams(nonsense))).toEqual(INITIAL_HEAP_STATE);
  });

  test('is a view whatever it holds, and the same one once it was written again', () => {
    const anyKey = fc.constantFrom(...'view,sort,oc,od,or,row,line,obj,ignore,who,class'.split(','));
    const hostile = fc.array(
      fc.tuple(anyKey, fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-@.~*012a]{0,9}$/))),
    );
    fc.assert(
      fc.property(hostile, (pairs) => {
        const state = parseHeapState(new URLSearchParams(pairs));
        return isSame(reopened(state), state);
      }),
      { numRuns: 500 },
    );
  });

  test('stays short enough to be sent', () => {
    const query = new URLSearchParams();
    const many = Array.from({ length: 5000 }, (_, at) => at);
    for (const key of ['oc', 'od', 'oh', 'og', 'of', 'or']) query.set(key, many.join('*'));
    query.set('ignore', many.join('.'));
    const state = parseHeapState(query);
    for (const tree of HEAP_TREES) expect(state.open[tree].length).toBe(MOST_OPEN_ROWS);
    expect(state.ignored.length).toBe(MOST_IGNORED);
    expect(state.ignored.at(-1)).toBe(4999);
  });
});
