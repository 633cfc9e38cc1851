'use client';

import type { TimeRange } from '#profile/index.ts';
import { tickStep, timeTicks } from '../trace/time-ticks.ts';
import { useTimeWords } from './use-time-words.ts';

/** Room for the words of a mark, in shares of a width that is not known. */
const MOST_TICKS = 8;

/** Times since the first sample. */
export function TimeAxis({ seen: { fromMicros, toMicros } }: { seen: TimeRange }) {
  const words = useTimeWords();
  const step = tickStep(fromMicros, toMicros, MOST_TICKS);
  const ticks = step === undefined ? [] : timeTicks(fromMicros, toMicros, step);
  return (
    <div
      aria-hidden="true"
      className="figures relative h-5 shrink-0 overflow-hidden border-b border-hairline-strong text-xs text-muted"
    >
      {ticks.map((micros) => (
        <span
          key={micros}
          className="absolute bottom-0 border-l border-hairline-strong pl-1 whitespace-nowrap"
          style={{ left: `${((micros - fromMicros) / (toMicros - fromMicros)) * 100}%` }}
        >
          {words.mark(micros, step ?? 1)}
        </span>
      ))}
    </div>
  );
}
