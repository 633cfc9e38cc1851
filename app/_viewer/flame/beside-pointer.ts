import { type RefObject, useLayoutEffect } from 'react';

/** Keeps it off the pointer and the window's edge; in CSS pixels. */
const GAP = 14;

/** Puts a floating element beside a point of the window, wherever there is room for it. */
export function useBesidePointer(
  ref: RefObject<HTMLElement | null>,
  at: { readonly x: number; readonly y: number },
): void {
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const { width, height } = element.getBoundingClientRect();
    const left = Math.min(at.x + GAP, window.innerWidth - width - GAP);
    const below = at.y + GAP;
    const top = below + height > window.innerHeight - GAP ? at.y - GAP - height : below;
    element.style.transform = `translate(${Math.max(GAP, left)}px, ${Math.max(GAP, top)}px)`;
  }, [ref, at]);
}
