'use client';

import { useEffect, useRef } from 'react';
import { useVitalsStore } from '../_data/provider.tsx';
import { HISTORY_SECONDS, readRing, type Tracked } from '../_data/vitals-store.ts';

const scratch = new Float32Array(HISTORY_SECONDS);

/**
 * The last two minutes of one vital as a line, drawn on a canvas outside of React. Starts at zero, so that the height of
 * one can be compared with the next; `least` is the smallest value that fills it, so that noise stays flat.
 * Decoration: the figure stands beside it as text.
 */
export function Sparkline({
  subject,
  name,
  least,
  width = 96,
  height = 20,
}: {
  subject: string;
  name: Tracked;
  least: number;
  width?: number;
  height?: number;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  const vitals = useVitalsStore();
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const draw = () => {
      const track = vitals.find(subject);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      if (track === undefined) return;
      // The element's own colour, so that both themes and staleness come from the style sheet.
      context.strokeStyle = context.fillStyle = getComputedStyle(canvas).color;
      drawLine(context, readRing(track, name, scratch), least, width, height);
    };
    draw();
    return vitals.subscribe(subject, draw);
  }, [subject, name, least, width, height, vitals]);
  return <canvas ref={ref} data-live="" className="shrink-0 text-muted" style={{ width, height }} />;
}

function drawLine(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  least: number,
  width: number,
  height: number,
): void {
  let top = least;
  for (const value of values) if (value > top) top = value;
  const step = width / (HISTORY_SECONDS - 1);
  const yOf = (value: number) => height - 1 - (value / top) * (height - 2.5);
  // One run per stretch without gaps.
  let start = -1;
  for (let i = 0; i <= values.length; i++) {
    const known = i < values.length && !Number.isNaN(values[i] ?? Number.NaN);
    if (known && start < 0) start = i;
    if (known || start < 0) continue;
    context.beginPath();
    for (let j = start; j < i; j++) context.lineTo(j * step, yOf(values[j] ?? 0));
    if (i - start === 1) context.lineTo(start * step + 1, yOf(values[start] ?? 0));
    context.lineWidth = 1.2;
    context.stroke();
    context.lineTo((i - 1) * step, height);
    context.lineTo(start * step, height);
    context.globalAlpha = 0.12;
    context.fill();
    context.globalAlpha = 1;
    start = -1;
  }
}
