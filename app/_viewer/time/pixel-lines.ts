import type { LineBoxes } from '#profile/index.ts';

/** Colours are 32 bits as an `ImageData` has them. */
export type Pixel = number;

/** From this width on (in device pixels) a box is set off from its neighbour. */
interface LineColours {
  /** By row of the stacks. */
  colourOf(row: number): Pixel;
  readonly nothing: Pixel;
  readonly separatedFrom: number;
}

/** One line of pixels through the boxes of a line. */
export function fillLine(
  boxes: LineBoxes,
  { colourOf, nothing, separatedFrom }: LineColours,
  line: Uint32Array,
): void {
  line.fill(nothing);
  for (let at = 0; at < boxes.length; at++) {
    const left = boxes.left[at] as number;
    const right = boxes.right[at] as number;
    // Separators of narrower boxes would darken the picture.
    const end = right - left >= separatedFrom ? right - 1 : right;
    const colour = colourOf(boxes.row[at] as number);
    // Most boxes of a picture that is worth drawing by pixels have one or two; a call of `fill` costs more than them.
    if (end - left > 16) line.fill(colour, left, end);
    else for (let x = left; x < end; x++) line[x] = colour;
  }
}

/** Puts one line of pixels into all rows from `top` to before `bottom` that the picture has. */
export function repeatLine(
  line: Uint32Array,
  pixels: Uint32Array,
  height: number,
  top: number,
  bottom: number,
): void {
  const end = Math.min(bottom, height);
  for (let y = Math.max(0, top); y < end; y++) pixels.set(line, y * line.length);
}

/** One colour laid over another. */
export function blended(over: Pixel, below: Pixel, alpha: number): Pixel {
  let pixel = 0;
  for (let shift = 0; shift < 24; shift += 8) {
    const one = (over >>> shift) & 0xff;
    const other = (below >>> shift) & 0xff;
    pixel |= Math.round(one * alpha + other * (1 - alpha)) << shift;
  }
  return (pixel | 0xff000000) >>> 0;
}
