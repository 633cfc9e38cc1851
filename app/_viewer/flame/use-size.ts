import { type RefObject, useEffect, useState } from 'react';

export interface Size {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** The size of an element on this screen; undefined until it was laid out. */
export function useSize(element: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    const observed = element.current;
    if (observed === null) return;
    const measure = () =>
      setSize({
        width: observed.clientWidth,
        height: observed.clientHeight,
        pixelRatio: window.devicePixelRatio,
      });
    const observer = new ResizeObserver(measure);
    observer.observe(observed);
    // Zooming the page changes the ratio; a resize event comes with it.
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [element]);
  return size;
}
