import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { followTouch } from './follow-touch.ts';
import { panned, type ViewRange, zoomed } from './view-range.ts';

/** Moving less than this is a click, in CSS pixels. */
const CLICK_SLACK = 4;
/** A notch of a mouse wheel (100 units) makes the view a fifth wider or narrower. */
const ZOOM_PER_UNIT = 0.0018;
/** The height of a line, for wheels that count lines. */
const WHEEL_LINE = 16;

/**
 * Ctrl (or ⌘) with the wheel and pinching zoom where the pointer is, the wheel sideways or with Shift moves; without either
 * the wheel scrolls, as everywhere. Dragging moves in both directions; for fingers see `followTouch`. @returns whether the last press was a drag.
 */
export function useDragAndWheel(
  element: RefObject<HTMLElement | null>,
  range: ViewRange,
  onRange: (range: ViewRange) => void,
): () => boolean {
  const latest = useRef({ range, onRange });
  latest.current = { range, onRange };
  const dragged = useRef(false);
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    // Between two frames several events come; each goes on from the one before, not from what is drawn.
    const change = (next: ViewRange) => {
      latest.current = { ...latest.current, range: next };
      latest.current.onRange(next);
    };
    const onWheel = (event: WheelEvent) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_LINE;
      const area = target.getBoundingClientRect();
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        const factor = Math.exp(event.deltaY * unit * ZOOM_PER_UNIT);
        change(zoomed(latest.current.range, factor, (event.clientX - area.left) / area.width));
      } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        change(panned(latest.current.range, (sideways * unit) / area.width));
      } else return;
      event.preventDefault();
    };
    const onPointerDown = (down: PointerEvent) => {
      if (down.pointerType === 'touch') return;
      dragged.current = false;
      if (down.button !== 0) return;
      const { range: from } = latest.current;
      const scrolledTo = target.scrollTop;
      const width = target.clientWidth;
      const onMove = (move: PointerEvent) => {
        const x = move.clientX - down.clientX;
        const y = move.clientY - down.clientY;
        if (Math.hypot(x, y) > CLICK_SLACK) dragged.current = true;
        if (!dragged.current) return;
        target.scrollTop = scrolledTo - y;
        change(panned(from, -x / width));
      };
      const ended = new AbortController();
      const { signal } = ended;
      window.addEventListener('pointermove', onMove, { signal });
      for (const end of ['pointerup', 'pointercancel', 'blur']) {
        window.addEventListener(end, () => ended.abort(), { signal });
      }
    };
    // React's own wheel listeners are passive and could not keep the page from zooming.
    const unmounted = new AbortController();
    const { signal } = unmounted;
    target.addEventListener('wheel', onWheel, { passive: false, signal });
    target.addEventListener('pointerdown', onPointerDown, { signal });
    const touched = {
      element: target,
      range: () => latest.current.range,
      change,
      dragged: (isDragged: boolean) => {
        dragged.current = isDragged;
      },
    };
    followTouch(touched, signal);
    return () => unmounted.abort();
  }, [element]);
  return useCallback(() => dragged.current, []);
}
