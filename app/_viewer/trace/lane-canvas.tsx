'use client';

import { useEffect, useRef } from 'react';
import type { Trace } from '#profile/index.ts';
import type { Size } from '../flame/use-size.ts';
import type { ViewRange } from '../flame/view-range.ts';
import { useThemeColours } from '../use-theme-colours.ts';
import { paintLane, readLaneColours } from './lane-painter.ts';
import { toLaneShares } from './lane-shares.ts';
import type { Place } from './timeline-keys.ts';
import { AXIS_HEIGHT, LANE_HEIGHT } from './timeline-size.ts';

interface LaneCanvasProps {
  readonly trace: Trace;
  readonly range: ViewRange;
  readonly size: Size;
  readonly place: Place | undefined;
}

/** All lanes as one picture. */
export function LaneCanvas({ trace, range, size, place }: LaneCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useThemeColours(canvas, readLaneColours);
  const height = trace.lanes.length * LANE_HEIGHT;
  const selected = place?.lane;
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !colours) return;
    const { lanes, startMicros, endMicros } = trace;
    const { pixelRatio } = size;
    element.width = Math.max(1, Math.round(size.width * pixelRatio));
    element.height = Math.max(1, Math.round(height * pixelRatio));
    const span = endMicros - startMicros;
    for (const [index, lane] of lanes.entries()) {
      const shares = toLaneShares(
        lane,
        startMicros + range.from * span,
        startMicros + range.to * span,
        element.width,
      );
      const laneArea = { top: index * LANE_HEIGHT, height: LANE_HEIGHT, isSelected: index === selected };
      paintLane(context, shares, laneArea, colours, pixelRatio);
    }
  }, [trace, range, size, height, selected, colours]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="absolute left-0"
      style={{ top: AXIS_HEIGHT, width: size.width, height }}
    />
  );
}
