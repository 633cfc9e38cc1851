import { type RefObject, useEffect, useState } from 'react';
import { type Palette, readPalette } from './palette.ts';

/** The colours as the theme has them, read again when the theme or the system's preference changes. */
export function usePalette(element: RefObject<HTMLElement | null>): Palette | undefined {
  const [palette, setPalette] = useState<Palette>();
  useEffect(() => {
    const read = () => element.current && setPalette(readPalette(element.current));
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'class'],
    });
    const preference = window.matchMedia('(prefers-color-scheme: dark)');
    preference.addEventListener('change', read);
    return () => {
      observer.disconnect();
      preference.removeEventListener('change', read);
    };
  }, [element]);
  return palette;
}
