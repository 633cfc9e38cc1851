'use client';

import { useEffect, useState } from 'react';

/** For so long a page that was opened by a link may still grow above the row that the link is about. */
const GROWING_MS = 3000;
const TAKEN_OVER = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const;

/**
 * Brings the row that a link opened into sight, and keeps it there while what stands above it loads, until the reader
 * takes over. A row that is opened by hand is in sight already.
 */
export function useShownRow(key: string): void {
  const [linked] = useState(key);
  useEffect(() => {
    if (linked === '') return;
    const show = () =>
      document.querySelector(`[data-row="${CSS.escape(linked)}"]`)?.scrollIntoView({ block: 'center' });
    const observer = new ResizeObserver(show);
    observer.observe(document.body);
    const stop = () => {
      clearTimeout(timer);
      observer.disconnect();
      for (const event of TAKEN_OVER) window.removeEventListener(event, stop);
    };
    const timer = setTimeout(stop, GROWING_MS);
    for (const event of TAKEN_OVER) window.addEventListener(event, stop, { passive: true });
    return stop;
  }, [linked]);
}
