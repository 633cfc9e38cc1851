import { describe, expect, test } from 'vitest';
import type { Transform } from '#profile/index.ts';
import { MOST_TRANSFORMS } from '../state/viewer-state.ts';
import {
  isOnlyOwn,
  isRecursionCollapsed,
  toSteps,
  withOnlyOwn,
  withoutStep,
  withRecursionCollapsed,
  withTransform,
} from './transform-list.ts';

const hide = (name: string): Transform => ({ kind: 'hide', frames: { by: 'package', name } });
const kinds = (transforms: readonly Transform[]) =>
  toSteps(transforms).map(({ kind, length }) => [kind, length]);

describe('what is done to the stacks', () => {
  test('stands in the order in which it was asked for, each once', () => {
    const list = withTransform(withTransform(withTransform([], hide('a')), hide('b')), hide('a'));
    expect(list).toEqual([hide('a'), hide('b')]);
  });

  test('is one step where only own code is shown, and goes as one', () => {
    const list = withTransform(withOnlyOwn([hide('a')], true), hide('b'));
    expect(isOnlyOwn(list)).toBe(true);
    expect(kinds(list)).toEqual([
      ['one', 1],
      ['only-own', 3],
      ['one', 1],
    ]);
    const [, own] = toSteps(list);
    expect(own && withoutStep(list, own)).toEqual([hide('a'), hide('b')]);
  });

  test('shows its parts where a link holds no more than some of them', () => {
    const parts = withOnlyOwn([], true).slice(1);
    expect(isOnlyOwn(parts)).toBe(false);
    expect(kinds(parts)).toEqual([
      ['one', 1],
      ['one', 1],
    ]);
    expect(withOnlyOwn(parts, true)).toHaveLength(3);
    expect(withOnlyOwn(parts, false)).toEqual([]);
  });

  test('collapses recursion or does not', () => {
    const list = withRecursionCollapsed([hide('a')], true);
    expect(isRecursionCollapsed(list)).toBe(true);
    expect(withRecursionCollapsed(list, false)).toEqual([hide('a')]);
  });

  test('never grows beyond what an address can hold', () => {
    let list: readonly Transform[] = [];
    for (let at = 0; at < MOST_TRANSFORMS + 5; at++) list = withTransform(list, hide(`p${at}`));
    expect(list).toHaveLength(MOST_TRANSFORMS);
    expect(withOnlyOwn(list, true)).toHaveLength(MOST_TRANSFORMS);
  });
});
