'use client';

import { type RefObject, useRef } from 'react';
import type { Trace } from '#profile/index.ts';
import type { ViewRange } from '../flame/view-range.ts';
import { AXIS_HEIGHT } from './lane-layout.ts';
import { tickStep, timeTicks } from './time-ticks.ts';
import type { Selection } from './trace-state.ts';
import { useRangeDrag } from './use-range-drag.ts';
import { useTraceWords } from './use-trace-words.ts';

/** Room for the words of a mark, in CSS pixels. */
const TICK_WIDTH = 110;

interface TimeAxisProps {
  readonly trace: Trace;
  readonly range: ViewRange;
  readonly width: number;
  readonly selection: Selection | undefined;
  /** Where the pointer is in the picture, in CSS pixels. */
  readonly guideX: number | undefined;
  onSelect(from: number, to: number): void;
}

/** Times since the trace began. Dragging on it selects. */
export function TimeAxis({ trace, range, width, selection, guideX, onSelect }: TimeAxisProps) {
  const words = useTraceWords();
  const element = useRef<HTMLDivElement>(null);
  useRangeDrag(element as RefObject<HTMLElement | null>, false, onSelect);
  const span = trace.endMicros - trace.startMicros;
  const [from, to] = [range.from * span, range.to * span];
  const step = tickStep(from, to, width / TICK_WIDTH) ?? span;
  const toX = (micros: number) => ((micros - from) / (to - from)) * width;
  const atPointer = guideX === undefined ? undefined : from + (guideX / width) * (to - from);
  return (
    <div
      ref={element}
      aria-hidden
      className="figures relative cursor-col-resize touch-none overflow-hidden border-b border-hairline-strong text-xs text-muted select-none"
      style={{ height: AXIS_HEIGHT, width }}
    >
      {selection && (
        <span
          className="absolute inset-y-0 border-x border-accent bg-accent-surface"
          style={{
            left: Math.max(-1, toX(selection.fromMicros)),
            width: Math.max(
              1,
              Math.min(width, toX(selection.toMicros)) - Math.max(-1, toX(selection.fromMicros)),
            ),
            display: toX(selection.toMicros) < 0 || toX(selection.fromMicros) > width ? 'none' : undefined,
          }}
        />
      )}
      {timeTicks(from, to, step).map((micros) => (
        <span
          key={micros}
          className="absolute bottom-0 border-l border-hairline-strong pl-1 whitespace-nowrap"
          style={{ left: toX(micros) }}
        >
          {words.mark(micros, step)}
        </span>
      ))}
      {guideX !== undefined && atPointer !== undefined && (
        <span
          className="absolute inset-y-0 bg-surface px-1 text-text whitespace-nowrap"
          style={guideX > width - TICK_WIDTH ? { right: width - guideX } : { left: guideX }}
        >
          {words.mark(atPointer, step / 100)}
        </span>
      )}
    </div>
  );
}
