import type { ActivityOverTime } from '#profile/index.ts';
import { colourOf } from '../flame/palette.ts';
import { STRIP_SHADES } from './strip-kinds.ts';

/** By kind; see `stripKindsOf`. */
export type OverviewColours = readonly string[];

export function readOverviewColours(element: Element): OverviewColours {
  const style = getComputedStyle(element);
  return STRIP_SHADES.map((shade) => style.getPropertyValue(colourOf(shade)).trim());
}

/** How busy the thread was and with what: the height of each colour is its share of that time. */
export function paintOverview(
  context: CanvasRenderingContext2D,
  { parts, partMicros, micros }: ActivityOverTime,
  colours: OverviewColours,
): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  const below = new Float64Array(parts);
  for (const [kind, colour] of colours.entries()) {
    context.fillStyle = colour;
    const own = micros[kind];
    for (let part = 0; part < parts; part++) {
      const from = below[part] as number;
      const to = from + (own?.[part] ?? 0) / partMicros;
      below[part] = to;
      if (!(to > from)) continue;
      const left = Math.round((part / parts) * width);
      const right = Math.round(((part + 1) / parts) * width);
      const top = Math.round((1 - to) * height);
      context.fillRect(left, top, right - left, Math.round((1 - from) * height) - top);
    }
  }
}
