import { FADED } from '../flame/painter.ts';
import { blended, type Pixel } from './pixel-lines.ts';
import type { ChartLook } from './protocol.ts';

/** The colour of each function's boxes, and of what is not a box. */
export interface PixelColours {
  readonly ofFunction: Uint32Array;
  readonly nothing: Pixel;
  readonly accent: Pixel;
}

/** What the style sheet's colours are in pixels: the browser alone understands all ways to write one. */
export function toPixelColours({ palette, shades, matched }: ChartLook): PixelColours {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const pixelOf = (colour: string): Pixel => {
    if (context === null) return 0xff888888;
    context.fillStyle = '#888';
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
  };
  const nothing = pixelOf(palette.surface);
  const match = pixelOf(palette.match);
  const boxes = palette.boxes.map(pixelOf);
  const faded = boxes.map((box) => blended(box, nothing, FADED));
  const ofFunction = Uint32Array.from(shades, (shade, func) => {
    if (matched?.[func] === 1) return match;
    return (matched === undefined ? boxes : faded)[shade] ?? nothing;
  });
  return { ofFunction, nothing, accent: pixelOf(palette.accent) };
}
