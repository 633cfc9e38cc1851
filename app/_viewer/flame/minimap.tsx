'use client';

import { type PointerEvent, useLayoutEffect, useRef } from 'react';
import { useThemeColours } from '../use-theme-colours.ts';
import { paintMinimap } from './minimap-painter.ts';
import type { Picture } from './painter.ts';
import { readPalette } from './palette.ts';
import { useSize } from './use-size.ts';
import { centred, type ViewRange } from './view-range.ts';

interface MinimapProps {
  readonly picture: Picture;
  onRange(range: ViewRange): void;
}

/**
 * The whole width of the picture while a part of it is seen, with that part framed; a press or a drag moves the frame. For eyes
 * and pointers: the keyboard moves in the picture itself.
 */
export function Minimap({ picture, onRange }: MinimapProps) {
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(strip);
  const palette = useThemeColours(strip, readPalette);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !palette || size === undefined) return;
    element.width = Math.round(size.width * size.pixelRatio);
    element.height = Math.round(size.height * size.pixelRatio);
    const frame = requestAnimationFrame(() => paintMinimap(context, picture, palette, size));
    return () => cancelAnimationFrame(frame);
  }, [picture, palette, size]);
  const { from, to } = picture.range;
  const follow = (event: PointerEvent) => {
    if (event.buttons === 0) return;
    const area = event.currentTarget.getBoundingClientRect();
    onRange(centred(picture.range, (event.clientX - area.left) / area.width));
  };
  return (
    <div
      ref={strip}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={follow}
      className="relative h-6 shrink-0 cursor-pointer touch-none overflow-hidden rounded-[2px] bg-sunken"
    >
      <canvas ref={canvas} className="absolute inset-0 size-full opacity-70" />
      <div
        className="absolute inset-y-0 min-w-[3px] border-2 border-accent"
        style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
      />
    </div>
  );
}
