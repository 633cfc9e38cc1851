import { type Fingers, followed, type ViewRange } from './view-range.ts';

/** Moving less than this, or more up than sideways, is a tap or the browser's scrolling; in CSS pixels. */
const SLACK = 6;
/** Fingers nearer than this would zoom by leaps. */
const NEAREST = 24;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface TouchTarget {
  readonly element: HTMLElement;
  range(): ViewRange;
  change(range: ViewRange): void;
  /** Whether the fingers that are down have moved the view. */
  dragged(isDragged: boolean): void;
}

/**
 * One finger sideways moves the view, two zoom and move it. Up and down stays the browser's (the element's `touch-action`
 * says so): it then cancels the touch.
 */
export function followTouch({ element, range, change, dragged }: TouchTarget, signal: AbortSignal): void {
  const touches = new Map<number, Point>();
  /** Since the number of fingers last changed. */
  let origin: { readonly range: ViewRange; readonly points: readonly Point[] } | undefined;
  let isMoving = false;

  const begin = () => {
    const points = [...touches.values()].slice(0, 2);
    origin = points.length === 0 ? undefined : { range: range(), points };
    // Two fingers mean it from the first pixel on.
    isMoving = points.length === 2;
    if (isMoving) dragged(true);
  };
  const onDown = (event: PointerEvent) => {
    if (event.pointerType !== 'touch') return;
    if (touches.size === 0) dragged(false);
    touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
    begin();
  };
  const onMove = (event: PointerEvent) => {
    if (origin === undefined || !touches.has(event.pointerId)) return;
    touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const points = [...touches.values()].slice(0, 2);
    isMoving ||= isSideways(origin.points[0], points[0]);
    if (!isMoving) return;
    dragged(true);
    const area = element.getBoundingClientRect();
    change(followed(origin.range, toFingers(origin.points, area), toFingers(points, area)));
  };
  const onEnd = (event: PointerEvent) => {
    if (touches.delete(event.pointerId)) begin();
  };
  element.addEventListener('pointerdown', onDown, { signal });
  window.addEventListener('pointermove', onMove, { signal });
  for (const end of ['pointerup', 'pointercancel'] as const) window.addEventListener(end, onEnd, { signal });
}

function isSideways(from: Point | undefined, to: Point | undefined): boolean {
  if (from === undefined || to === undefined) return false;
  const x = Math.abs(to.x - from.x);
  return x > SLACK && x > Math.abs(to.y - from.y);
}

function toFingers(points: readonly Point[], area: DOMRect): Fingers {
  const [one, other = one] = points;
  if (one === undefined || other === undefined) return { middle: 0, spread: NEAREST };
  return {
    middle: ((one.x + other.x) / 2 - area.left) / area.width,
    spread: Math.max(NEAREST, Math.hypot(one.x - other.x, one.y - other.y)),
  };
}
