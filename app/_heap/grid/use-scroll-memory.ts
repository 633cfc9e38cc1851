import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { ROW_HEIGHT } from './grid-line.tsx';
import type { PagedTree } from './paged-tree.ts';

const SETTLED_MS = 150;
const GESTURES = ['wheel', 'pointerdown', 'keydown', 'touchmove'] as const;

interface ScrollMemory {
  readonly scroller: RefObject<HTMLElement | null>;
  /** Another one is seen from its beginning. */
  readonly tree: PagedTree<never> | PagedTree<unknown>;
  readonly count: number;
  readonly scrolledRows: number;
  /** Where the chosen row is; -1 while it is not known. */
  readonly cursorAt: number;
  readonly onScrolled: ((rows: number) => void) | undefined;
}

/**
 * Scrolls to where it was left once that much is there: rows come after their number is known, and those below open rows
 * later still. Where nothing was left, to the chosen row. Returns what listens to scrolling.
 */
export function useScrollMemory(memory: ScrollMemory): () => void {
  const { scroller, tree, count, scrolledRows, cursorAt, onScrolled } = memory;
  const pending = useRef<{ tree: unknown; rows: number } | undefined>(undefined);
  const isFirst = useRef(true);
  if (isFirst.current) {
    isFirst.current = false;
    pending.current = { tree, rows: scrolledRows };
  }
  useLayoutEffect(() => {
    const element = scroller.current;
    const wanted = pending.current;
    if (element === null || wanted === undefined) return;
    if (wanted.rows === 0) {
      if (cursorAt < 0) return;
      pending.current = undefined;
      const rowsInSight = Math.floor(element.clientHeight / ROW_HEIGHT) - 2;
      if (cursorAt > rowsInSight) element.scrollTop = (cursorAt - Math.floor(rowsInSight / 3)) * ROW_HEIGHT;
      return;
    }
    element.scrollTop = wanted.rows * ROW_HEIGHT;
    if (element.scrollTop >= wanted.rows * ROW_HEIGHT - 1) pending.current = undefined;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const element = scroller.current;
    // Whoever scrolls knows better than the link.
    const forget = () => {
      pending.current = undefined;
    };
    for (const gesture of GESTURES) element?.addEventListener(gesture, forget, { passive: true });
    return () => {
      clearTimeout(timer.current);
      for (const gesture of GESTURES) element?.removeEventListener(gesture, forget);
    };
  }, [scroller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tree begins at its top, as its state says
  useEffect(() => {
    if (pending.current === undefined && scrolledRows === 0 && scroller.current !== null && count <= 1)
      scroller.current.scrollTop = 0;
  }, [tree]);
  return () => {
    if (pending.current !== undefined || onScrolled === undefined) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const element = scroller.current;
      if (element !== null) onScrolled(Math.round(element.scrollTop / ROW_HEIGHT));
    }, SETTLED_MS);
  };
}
