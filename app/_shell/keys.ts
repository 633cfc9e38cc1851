'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** How long after `g` its second key may come. */
const CHORD_MS = 1200;

/** Where the second key leads. */
const PLACES: Readonly<Record<string, string>> = {
  o: '/',
  p: '/pools',
  c: '/captures',
  a: '/actions',
  u: '/audit',
  f: '/open',
};

export interface KeyActions {
  openPalette(): void;
  openKeys(): void;
  copyLink(): void;
}

/**
 * The keys that work everywhere. `/` goes to the field marked data-filter-field, `c` presses the button marked
 * data-capture-button; there is at most one of each on a page. Single keys are left to whoever is typing, to open dialogs, and to
 * what is marked data-own-keys.
 */
export function useKeys(actions: KeyActions): void {
  const router = useRouter();
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let chordUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.openPalette();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isTyping(event.target))
        return;
      const inChord = Date.now() < chordUntil;
      chordUntil = 0;
      const place = inChord ? PLACES[event.key] : undefined;
      if (place !== undefined) router.push(place);
      else if (event.key === 'g') chordUntil = Date.now() + CHORD_MS;
      else if (event.key === '?') latest.current.openKeys();
      else if (event.key === 'y') latest.current.copyLink();
      else if (event.key === '/') focusFilter();
      else if (event.key === 'c') document.querySelector<HTMLElement>('[data-capture-button]')?.click();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [router]);
}

function focusFilter(): void {
  const field = document.querySelector<HTMLInputElement>('[data-filter-field]');
  field?.focus();
  field?.select();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.closest('[role="dialog"], [role="alertdialog"], [data-own-keys]') !== null
  );
}
