import { useEffect } from 'react';

const REST_MS = 120;

/**
 * Marks the page while it scrolls (`data-scrolling`): rows that only pass below the pointer are then not hovered, which
 * would restyle and repaint one after the other. See globals.css.
 */
export function useScrollRest(): void {
  useEffect(() => {
    const page = document.documentElement;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const scroll = () => {
      if (rest === undefined) page.dataset.scrolling = '';
      clearTimeout(rest);
      rest = setTimeout(stop, REST_MS);
    };
    const stop = () => {
      clearTimeout(rest);
      rest = undefined;
      delete page.dataset.scrolling;
    };
    window.addEventListener('scroll', scroll, { passive: true });
    return () => {
      window.removeEventListener('scroll', scroll);
      stop();
    };
  }, []);
}
