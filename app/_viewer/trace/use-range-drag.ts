import { type RefObject, useEffect, useRef } from 'react';

/** Moving less than this is a click, in CSS pixels. */
const CLICK_SLACK = 3;

/**
 * Dragging selects a part of the time: with Shift in the picture, where dragging alone moves, and without it on the axis.
 *
 * @param needsShift in the picture
 * @param onSelect told at each move where the drag began and where it is, as shares of the element's width
 */
export function useRangeDrag(
  element: RefObject<HTMLElement | null>,
  needsShift: boolean,
  onSelect: (from: number, to: number) => void,
): void {
  const latest = useRef(onSelect);
  latest.current = onSelect;
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const unmounted = new AbortController();
    const onPointerDown = (down: PointerEvent) => {
      if (down.button !== 0 || (needsShift && !down.shiftKey)) return;
      // Before those who would move the view by it.
      down.stopImmediatePropagation();
      down.preventDefault();
      target.parentElement?.querySelector<HTMLElement>('[role="tree"]')?.focus({ preventScroll: true });
      const area = target.getBoundingClientRect();
      const shareOf = (x: number) => (x - area.left) / area.width;
      const ended = new AbortController();
      const signal = AbortSignal.any([ended.signal, unmounted.signal]);
      const onMove = (move: PointerEvent) => {
        if (Math.abs(move.clientX - down.clientX) < CLICK_SLACK) return;
        latest.current(shareOf(down.clientX), shareOf(move.clientX));
      };
      window.addEventListener('pointermove', onMove, { signal });
      for (const end of ['pointerup', 'pointercancel', 'blur']) {
        window.addEventListener(end, () => ended.abort(), { signal });
      }
    };
    target.addEventListener('pointerdown', onPointerDown, { capture: true, signal: unmounted.signal });
    return () => unmounted.abort();
  }, [element, needsShift]);
}
