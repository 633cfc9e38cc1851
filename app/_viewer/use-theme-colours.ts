import { type RefObject, useEffect, useState } from 'react';

/**
 * The colours as the theme has them, read again when the theme or the system's preference changes.
 *
 * @param read the same function at every call
 */
export function useThemeColours<Colours>(
  element: RefObject<HTMLElement | null>,
  read: (element: HTMLElement) => Colours,
): Colours | undefined {
  const [colours, setColours] = useState<Colours>();
  useEffect(() => {
    const readAgain = () => element.current && setColours(read(element.current));
    readAgain();
    const observer = new MutationObserver(readAgain);
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'class'],
    });
    const preference = window.matchMedia('(prefers-color-scheme: dark)');
    preference.addEventListener('change', readAgain);
    return () => {
      observer.disconnect();
      preference.removeEventListener('change', readAgain);
    };
  }, [element, read]);
  return colours;
}
