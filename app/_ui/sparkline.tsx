'use client';

import { useEffect, useRef } from 'react';
import { useVitalsStore } from '../_data/provider.tsx';
import { HISTORY_SECONDS, readRing, type Tracked } from '../_data/vitals-store.ts';
import { classNames } from './class-names.ts';
import { sparkPath } from './spark-path.ts';

const scratch = new Float32Array(HISTORY_SECONDS);

/**
 * The last two minutes of one vital as a line, drawn outside of React. As paths and not on a canvas: making a canvas costs
 * more than drawing this, and rows come and go while a long list scrolls. Decoration: the figure stands beside it as text.
 */
export function Sparkline({
  subject,
  name,
  least,
  width = 96,
  height = 20,
  isFluid = false,
}: {
  subject: string;
  name: Tracked;
  least: number;
  width?: number;
  height?: number;
  /** As wide as there is room; `width` is then only its shape. */
  isFluid?: boolean;
}) {
  const line = useRef<SVGPathElement>(null);
  const area = useRef<SVGPathElement>(null);
  const vitals = useVitalsStore();
  useEffect(() => {
    const draw = () => {
      const track = vitals.find(subject);
      if (track === undefined) return;
      const path = sparkPath(readRing(track, name, scratch), least, width, height);
      line.current?.setAttribute('d', path.line);
      area.current?.setAttribute('d', path.area);
    };
    draw();
    return vitals.subscribe(subject, draw);
  }, [subject, name, least, width, height, vitals]);
  return (
    <svg
      aria-hidden="true"
      data-live=""
      width={isFluid ? '100%' : width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      fill="none"
      className={classNames('text-muted', !isFluid && 'shrink-0')}
    >
      {/* Not `opacity`: each would be a layer of its own to the browser. */}
      <path ref={area} fill="currentColor" fillOpacity="0.12" />
      <path
        ref={line}
        stroke="currentColor"
        strokeWidth="1.2"
        strokeLinejoin="round"
        vectorEffect={isFluid ? 'non-scaling-stroke' : undefined}
      />
    </svg>
  );
}
