import type { LaneShares } from './lane-shares.ts';

/** The colours as the theme has them now, resolved. */
export interface LaneColours {
  readonly executing: string;
  readonly waiting: string;
  readonly gc: string;
  readonly gcMark: string;
  readonly hairline: string;
  readonly accent: string;
}

export function readLaneColours(element: Element): LaneColours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    executing: colour('--lane-executing'),
    waiting: colour('--lane-waiting'),
    gc: colour('--lane-gc'),
    gcMark: colour('--lane-gc-mark'),
    hairline: colour('--hairline'),
    accent: colour('--accent'),
  };
}

export interface LaneArea {
  readonly top: number;
  readonly height: number;
  readonly isSelected: boolean;
}

/** The height of a wait in CSS pixels: a line at the bottom, so that states differ in height as well as in colour. */
const WAIT_HEIGHT = 4;
/** Less of a pixel is not seen. */
const LEAST_SHARE = 0.002;

/**
 * Draws one lane, a column a device pixel: as high as the share that it executed, collections of garbage on top and
 * crossed by lines, waits as a thin line below.
 */
export function paintLane(
  context: CanvasRenderingContext2D,
  shares: LaneShares,
  { top, height, isSelected }: LaneArea,
  colours: LaneColours,
  pixelRatio: number,
): void {
  const base = Math.round((top + height - 6) * pixelRatio);
  const most = Math.round((height - 12) * pixelRatio);
  const waitHeight = Math.round(WAIT_HEIGHT * pixelRatio);
  const lineEvery = Math.max(3, Math.round(4 * pixelRatio));
  for (let x = 0; x < shares.executing.length; x++) {
    const executing = shares.executing[x] as number;
    const gc = shares.gc[x] as number;
    if ((shares.waiting[x] as number) > LEAST_SHARE) {
      context.fillStyle = colours.waiting;
      context.fillRect(x, base - waitHeight, 1, waitHeight);
    }
    const executingHeight = heightOf(executing, most, pixelRatio);
    if (executingHeight > 0) {
      context.fillStyle = colours.executing;
      context.fillRect(x, base - executingHeight, 1, executingHeight);
    }
    const gcHeight = heightOf(gc, most, pixelRatio);
    if (gcHeight === 0) continue;
    const gcTop = Math.max(base - most, base - executingHeight - gcHeight);
    context.fillStyle = colours.gc;
    context.fillRect(x, gcTop, 1, gcHeight);
    context.fillStyle = colours.gcMark;
    for (let y = gcTop + ((x + gcTop) % lineEvery); y < gcTop + gcHeight; y += lineEvery)
      context.fillRect(x, y, 1, 1);
  }
  context.fillStyle = isSelected ? colours.accent : colours.hairline;
  const line = isSelected ? 2 : 1;
  context.fillRect(0, Math.round((top + height) * pixelRatio) - line, shares.executing.length, line);
}

/** What is there at all is seen. */
function heightOf(share: number, most: number, pixelRatio: number): number {
  return share <= LEAST_SHARE ? 0 : Math.max(Math.round(2 * pixelRatio), Math.round(share * most));
}
