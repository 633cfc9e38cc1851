import { type KeyboardEvent, useMemo } from 'react';
import { findNextRow, type IndexIntoCallTree } from '#profile/index.ts';
import { findZoomShowing, isShown, stepFrom } from '../flame/navigation.ts';
import { rangeOf, type ViewRange, WHOLE, zoomed } from '../flame/view-range.ts';
import type { Matches } from '../search/function-search.ts';
import { StackBook } from './stack-book.ts';
import type { Subject } from './subject.ts';
import { type KeyWish, toKeyWish } from './viewer-keys.ts';
import { isWhole, type PictureState } from './viewer-state.ts';

/** One press of + or - makes the view so many times narrower or wider. */
const KEY_ZOOM = 1.5;

export interface Moves {
  readonly selected: IndexIntoCallTree;
  readonly zoomedTo: IndexIntoCallTree;
  readonly range: ViewRange;
  /** Chooses and zooms. */
  pick(row: IndexIntoCallTree): void;
  zoomTo(row: IndexIntoCallTree): void;
  toRange(range: ViewRange): void;
  toMatch(by: 1 | -1): void;
  /** Chooses a call, and zooms as far as needed to see it. */
  select(row: IndexIntoCallTree): void;
  onKeyDown(event: KeyboardEvent, rootBelow: boolean): void;
}

/** Everything by which one moves through a picture; whatever is chosen is brought into view. */
export function useMoves(
  subject: Subject,
  state: PictureState,
  change: (change: Partial<PictureState>) => void,
  matches: Matches | undefined,
): Moves {
  const { profile, view } = subject;
  const { tree, layout } = view;
  const book = useMemo(() => new StackBook(profile, tree), [profile, tree]);
  return useMemo(() => {
    const selected = book.rowOf(state.selected);
    const zoomedTo = book.rowOf(state.zoom);
    const range = zoomedTo === 0 ? state.range : rangeOf(tree, layout, zoomedTo);

    const zoomChange = (row: IndexIntoCallTree) => ({ zoom: book.addressOf(row), range: WHOLE });
    const selectChange = (row: IndexIntoCallTree) => ({
      selected: book.addressOf(row),
      ...(isShown(tree, layout, row, range) ? {} : zoomChange(findZoomShowing(tree, row))),
    });
    const zoomTo = (row: IndexIntoCallTree) => change(zoomChange(row));
    const toRange = (next: ViewRange) => change({ zoom: undefined, range: next });
    const toMatch = (by: 1 | -1) => {
      const row = matches && findNextRow(matches, selected, by);
      if (row !== undefined) change(selectChange(row));
    };
    const fulfil = (wish: KeyWish) => {
      switch (wish.kind) {
        case 'step':
          return change(selectChange(stepFrom(tree, layout, selected, wish.step)));
        case 'match':
          return toMatch(wish.by);
        case 'zoom-here':
          return zoomTo(selected);
        case 'show-all':
          return isWhole(range) ? change({ selected: undefined }) : zoomTo(0);
        case 'root':
          return change({ selected: undefined, ...zoomChange(0) });
        case 'closer':
          return toRange(zoomed(range, 1 / KEY_ZOOM, 0.5));
        case 'farther':
          return toRange(zoomed(range, KEY_ZOOM, 0.5));
      }
    };
    return {
      selected,
      zoomedTo,
      range,
      pick: (row) => change({ selected: book.addressOf(row), ...zoomChange(row) }),
      zoomTo,
      toRange,
      toMatch,
      select: (row) => change(selectChange(row)),
      onKeyDown: (event, rootBelow) => {
        const wish = toKeyWish(event, rootBelow);
        if (wish === undefined) return;
        event.preventDefault();
        fulfil(wish);
      },
    };
  }, [tree, layout, book, state.selected, state.zoom, state.range, change, matches]);
}
