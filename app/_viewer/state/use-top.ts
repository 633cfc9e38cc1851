import { type RefObject, useLayoutEffect, useState } from 'react';

/** Where an element begins on the page, in CSS pixels, however what stands above it grows and shrinks. */
export function useTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const area = element.current?.getBoundingClientRect();
      if (area) setTop(Math.round(area.top + window.scrollY));
    };
    measure();
    // What grows above makes the page higher.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
