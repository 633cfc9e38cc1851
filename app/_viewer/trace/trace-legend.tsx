'use client';

import { useTraceWords } from './use-trace-words.ts';

const SIGNS = ['executing', 'waiting', 'blocked', 'gc'] as const;

/** What the colours and marks mean, and of what the trace cannot tell; states only where a thread was followed. */
export function TraceLegend({ hasStates }: { hasStates: boolean }) {
  const { states, legend } = useTraceWords();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5 pt-1.5 text-xs text-muted">
      {(hasStates ? SIGNS : []).map((state) => (
        <span key={state} className="whitespace-nowrap">
          <span aria-hidden className={`lane-sign lane-sign-${state}`} /> {states[state]}
        </span>
      ))}
      <span className="whitespace-nowrap">
        <span aria-hidden className="lane-sign lane-sign-call" /> {legend.call}
      </span>
      <span className="whitespace-nowrap">
        <span aria-hidden className="lane-sign lane-sign-merged" /> {legend.merged}
      </span>
      {hasStates && <span>{legend.blocked}</span>}
    </div>
  );
}
