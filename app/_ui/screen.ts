'use client';

import { useSyncExternalStore } from 'react';

/** The breakpoints of globals.css. */
const WIDTHS = { sm: 40, md: 48, lg: 64, xl: 80 } as const;
export type Width = keyof typeof WIDTHS;

const NAMES = Object.keys(WIDTHS) as Width[];

function queryOf(width: Width): MediaQueryList {
  return window.matchMedia(`(min-width: ${WIDTHS[width]}rem)`);
}

function subscribe(changed: () => void): () => void {
  const queries = NAMES.map(queryOf);
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
  };
}

/** How many of the breakpoints, from the narrowest, the screen reaches. */
export function useScreen(): number {
  return useSyncExternalStore(
    subscribe,
    () => NAMES.filter((width) => queryOf(width).matches).length,
    () => NAMES.length,
  );
}

/** Whether what is shown from that width on is shown now. */
export function isWithin(from: Width | undefined, screen: number): boolean {
  return from === undefined || NAMES.indexOf(from) < screen;
}
