import { type ActivityOverTime, ORIGIN } from '#profile/index.ts';
import { colourOf, SHADES_OF_ORIGIN } from '../flame/palette.ts';

/** From below; idle time is what stays empty. */
const STACKED = ['own', 'package', 'runtime', 'native', 'garbageCollector'] as const;

export type OverviewColours = Readonly<Record<(typeof STACKED)[number], string>>;

export function readOverviewColours(element: Element): OverviewColours {
  const style = getComputedStyle(element);
  const colour = (origin: (typeof STACKED)[number]) =>
    style.getPropertyValue(colourOf(SHADES_OF_ORIGIN[origin][0] ?? '')).trim();
  return {
    own: colour('own'),
    package: colour('package'),
    runtime: colour('runtime'),
    native: colour('native'),
    garbageCollector: colour('garbageCollector'),
  };
}

/** How busy the thread was and with whose code: the height of each colour is its share of that time. */
export function paintOverview(
  context: CanvasRenderingContext2D,
  { parts, partMicros, micros }: ActivityOverTime,
  colours: OverviewColours,
): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  const below = new Float64Array(parts);
  for (const origin of STACKED) {
    context.fillStyle = colours[origin];
    const own = micros[ORIGIN[origin]];
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
