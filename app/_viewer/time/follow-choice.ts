import type { TimeRange } from '#profile/index.ts';
import { movedBy, timeBetween, withEdge } from './choose-time.ts';

/** Moving less than this is a click, in CSS pixels. */
const SLACK = 3;

interface Chosen {
  readonly range: TimeRange;
  /** False while everything is. */
  readonly isChosen: boolean;
  readonly totalMicros: number;
}

/**
 * Follows a press on the strip until it ends: at an edge of what is chosen (`data-edge`) it moves the edge, within it all of
 * it, elsewhere it chooses anew. A click elsewhere chooses everything.
 */
export function followChoice(
  down: globalThis.PointerEvent,
  strip: HTMLElement,
  { range, isChosen, totalMicros }: Chosen,
  change: (range: TimeRange, isOver: boolean) => void,
): void {
  if (down.button !== 0) return;
  const area = strip.getBoundingClientRect();
  const microsAt = (x: number) => ((x - area.left) / area.width) * totalMicros;
  const start = microsAt(down.clientX);
  const edge = down.target instanceof HTMLElement ? down.target.dataset.edge : undefined;
  const isWithin = isChosen && start >= range.fromMicros && start <= range.toMicros;
  const toRange = (micros: number): TimeRange => {
    if (edge === 'from' || edge === 'to') return withEdge(range, edge, micros, totalMicros);
    if (isWithin) return movedBy(range, micros - start, totalMicros);
    return timeBetween(start, micros, totalMicros);
  };
  let isDragged = false;
  const ended = new AbortController();
  const { signal } = ended;
  const onMove = (move: globalThis.PointerEvent) => {
    isDragged ||= Math.abs(move.clientX - down.clientX) > SLACK;
    if (isDragged) change(toRange(microsAt(move.clientX)), false);
  };
  const onUp = (up: globalThis.PointerEvent) => {
    ended.abort();
    if (isDragged) change(toRange(microsAt(up.clientX)), true);
    else if (isChosen && !isWithin && edge === undefined)
      change({ fromMicros: 0, toMicros: totalMicros }, true);
  };
  const onCancel = () => {
    ended.abort();
    if (isDragged) change(range, true);
  };
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', onUp, { signal });
  window.addEventListener('pointercancel', onCancel, { signal });
}
