'use client';

import type { Trace } from '#profile/index.ts';
import type { ViewRange } from '../flame/view-range.ts';
import { tickStep, timeTicks } from './time-ticks.ts';
import { AXIS_HEIGHT } from './timeline-size.ts';
import { useTraceWords } from './use-trace-words.ts';

/** Room for the words of a mark, in CSS pixels. */
const TICK_WIDTH = 90;

/** Times since the trace began. */
export function TimeAxis({ trace, range, width }: { trace: Trace; range: ViewRange; width: number }) {
  const words = useTraceWords();
  const span = trace.endMicros - trace.startMicros;
  const [from, to] = [range.from * span, range.to * span];
  const step = tickStep(from, to, width / TICK_WIDTH) ?? span;
  return (
    <div
      aria-hidden
      className="figures relative border-b border-hairline-strong text-xs text-muted"
      style={{ height: AXIS_HEIGHT }}
    >
      {timeTicks(from, to, step).map((micros) => (
        <span
          key={micros}
          className="absolute bottom-0 border-l border-hairline-strong pl-1 whitespace-nowrap"
          style={{ left: ((micros - from) / (to - from)) * width }}
        >
          {words.mark(micros, step)}
        </span>
      ))}
    </div>
  );
}
