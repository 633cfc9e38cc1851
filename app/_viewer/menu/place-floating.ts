/** A point, or an area beside which something floats; in CSS pixels of the window. */
export interface Anchor {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function anchorAt(x: number, y: number): Anchor {
  return { left: x, top: y, right: x, bottom: y };
}

const GAP = 4;
const EDGE = 8;

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Below the anchor and from its left edge, above it or further left where the window ends. */
export function placeBeside(anchor: Anchor, size: Extent, window: Extent): { x: number; y: number } {
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - size.height;
  const y = below + size.height <= window.height - EDGE || above < EDGE ? below : above;
  // An area that stands at the right of a line has what floats end where it ends.
  const x = anchor.left + size.width <= window.width - EDGE ? anchor.left : anchor.right - size.width;
  return {
    x: clamp(x, window.width - size.width - EDGE),
    y: clamp(y, window.height - size.height - EDGE),
  };
}

function clamp(value: number, most: number): number {
  return Math.max(EDGE, Math.min(value, most));
}
