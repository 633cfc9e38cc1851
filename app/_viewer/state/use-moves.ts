import { type KeyboardEvent, useMemo } from 'react';
import type { IndexIntoCallTree } from '#profile/index.ts';
import { findZoomShowing, isShown, stepFrom } from '../flame/navigation.ts';
import { rangeOf, type ViewRange, WHOLE, zoomed } from '../flame/view-range.ts';
import { findNextMatch, type Matches } from '../search/function-search.ts';
import { heaviestCall } from '../table/sorted-functions.ts';
import { StackBook } from './stack-book.ts';
import type { Subject } from './subject.ts';
import type { ChangeState } from './use-viewer-state.ts';
import { type KeyWish, toKeyWish } from './viewer-keys.ts';
import { isWhole, type ViewerState } from './viewer-state.ts';

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
  selectFunction(func: number): void;
  /** Chooses a function's heaviest call and goes to the picture. */
  showFunction(func: number): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** Everything by which one moves through the picture; whatever is chosen is brought into view. */
export function useMoves(
  subject: Subject,
  state: ViewerState,
  change: ChangeState,
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
      const row = matches && findNextMatch(matches, selected, by);
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
      selectFunction: (func) => change(selectChange(heaviestCall(subject, func))),
      showFunction: (func) => {
        const row = heaviestCall(subject, func);
        change({ ...selectChange(row), view: state.view === 'top' ? 'flame' : state.view });
      },
      onKeyDown: (event) => {
        const wish = toKeyWish(event, state.rootBelow);
        if (wish === undefined) return;
        event.preventDefault();
        fulfil(wish);
      },
    };
  }, [subject, tree, layout, book, state, change, matches]);
}
