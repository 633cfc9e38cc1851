import { describe, expect, test } from 'vitest';
import { parseHeapFilter } from '#profile/heap/filter/parse-filter.ts';
import {
  changeOrderIn,
  ignoreRetainer,
  noticeRetainer,
  openRow,
  selectObject,
  showClass,
  showInDominators,
  toView,
} from './heap-moves.ts';
import { type HeapState, INITIAL_HEAP_STATE } from './heap-state.ts';

const put = (state: HeapState, change: Partial<HeapState>): HeapState => ({ ...state, ...change });

describe('a move through a snapshot', () => {
  test('to another view begins at its top', () => {
    const moved = put({ ...INITIAL_HEAP_STATE, cursor: ['1'], scrolledRows: 40 }, toView('strings'));
    expect(moved).toMatchObject({ view: 'strings', cursor: undefined, scrolledRows: 0 });
  });

  test('that closes a row closes what was open below it, and not its neighbours of like names', () => {
    let state = INITIAL_HEAP_STATE;
    for (const path of [['1'], ['1', '2'], ['12'], ['3', '1']])
      state = put(state, openRow(state, 'dominators', path, true));
    state = put(state, openRow(state, 'dominators', ['1'], false));
    expect(state.open.dominators).toEqual([['12'], ['3', '1']]);
  });

  test('to another object closes what was open of the one before, and nothing when it is the same', () => {
    const state: HeapState = {
      ...INITIAL_HEAP_STATE,
      selected: 7,
      open: { ...INITIAL_HEAP_STATE.open, fields: [['8']], classes: [['Map']] },
    };
    expect(selectObject(state, 7)).toEqual({});
    expect(put(state, selectObject(state, 9)).open).toMatchObject({ fields: [], classes: [['Map']] });
  });

  test('into the tree of dominators opens all above the object, but the root', () => {
    const moved = put(INITIAL_HEAP_STATE, showInDominators(INITIAL_HEAP_STATE, 9, [5, 3, 1]));
    expect(moved.open.dominators).toEqual([['3'], ['3', '5']]);
    expect(moved).toMatchObject({ view: 'dominators', cursor: ['3', '5', '9'] });
  });

  test('to a class leaves that one alone in the list, whatever its name, with its objects', () => {
    const moved = put(INITIAL_HEAP_STATE, showClass(INITIAL_HEAP_STATE, '{id, "a\\b"}'));
    expect(moved).toMatchObject({
      view: 'classes',
      classFilter: 'class:"{id, \\"a\\\\b\\"}"',
      open: { classes: [['{id, "a\\b"}']] },
    });
    expect(parseHeapFilter(moved.classFilter)).toMatchObject({
      kind: 'class',
      test: { kind: 'is', text: '{id, "a\\b"}' },
    });
  });

  test('leaves a retainer out once, and takes it back', () => {
    let state = put(INITIAL_HEAP_STATE, ignoreRetainer(INITIAL_HEAP_STATE, 4));
    state = put(state, ignoreRetainer(state, 4));
    expect(state.ignored).toEqual([4]);
    expect(noticeRetainer(state, 4)).toEqual({ ignored: [] });
  });
});

describe('the order of changes', () => {
  const by = (by: HeapState['changeOrder']['by']) => ({
    ...INITIAL_HEAP_STATE,
    changeOrder: { by, descending: false },
  });

  test('is what was chosen where there is such a column', () => {
    expect(changeOrderIn(by('goneCount'), true)).toEqual({ by: 'goneCount', descending: false });
    expect(changeOrderIn(by('moreCount'), false)).toEqual({ by: 'moreCount', descending: false });
    expect(changeOrderIn(by('name'), false)).toEqual({ by: 'name', descending: false });
  });

  test('is by growth, with ids or without, where there is none', () => {
    expect(changeOrderIn(by('newBytes'), false)).toEqual({ by: 'moreRetained', descending: true });
    expect(changeOrderIn(by('moreShallow'), true)).toEqual({ by: 'grownBytes', descending: true });
  });
});
