'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useState } from 'react';

/** Lists up to this length are simply there: searching the page and printing it see all of it. */
const SHORT_LIST = 120;
const OVERSCAN = 6;

export interface RowWindow {
  /** Indices of the rows to render. */
  indices: number[];
  /** Pixels of rows that are left out before and after. */
  before: number;
  after: number;
  /** Reference for rows whose height is not the estimate; they carry `data-index`. */
  measure: ((element: HTMLElement | null) => void) | undefined;
}

/**
 * The part of a long list that is near the screen, while the page itself scrolls.
 *
 * @param estimate height of a row in pixels
 */
export function useRowWindow(
  container: RefObject<HTMLElement | null>,
  count: number,
  estimate: (index: number) => number,
  keyOf: (index: number) => string,
): RowWindow {
  const [scrollMargin, setScrollMargin] = useState(0);
  const isLong = count > SHORT_LIST;
  // What stands above the list comes and goes. Read when the page changes its size, and not while it scrolls: asking
  // where something is makes the browser lay everything out.
  useEffect(() => {
    const element = container.current;
    if (!isLong || element === null) return;
    const observer = new ResizeObserver(() =>
      setScrollMargin(Math.round(element.getBoundingClientRect().top + window.scrollY)),
    );
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [isLong, container]);
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count: isLong ? count : 0,
    estimateSize: estimate,
    getItemKey: keyOf,
    overscan: OVERSCAN,
    scrollMargin,
    useFlushSync: false,
  });
  if (!isLong)
    return { indices: Array.from({ length: count }, (_, i) => i), before: 0, after: 0, measure: undefined };
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return {
    indices: items.map((item) => item.index),
    before: first === undefined ? 0 : first.start - scrollMargin,
    after:
      last === undefined
        ? virtualizer.getTotalSize()
        : virtualizer.getTotalSize() - (last.end - scrollMargin),
    measure: virtualizer.measureElement,
  };
}
