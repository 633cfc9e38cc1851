'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Trace } from '#profile/index.ts';
import { Section } from '../../_ui/section.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { type UrlCodec, useUrlState } from '../../_ui/url-state.ts';
import { type ViewRange, WHOLE } from '../flame/view-range.ts';
import { SpansTable } from './spans-table.tsx';
import { ThreadsTable } from './threads-table.tsx';
import { Timeline } from './timeline.tsx';
import { useTraceWords } from './use-trace-words.ts';

/** The part that is seen, in millionths of the whole. */
const AT: UrlCodec<ViewRange> = {
  parse: (value) => {
    const match = /^(\d{1,7})-(\d{1,7})$/.exec(value);
    if (match === null) return undefined;
    const [from, to] = [Number(match[1]) / 1e6, Number(match[2]) / 1e6];
    return from < to && to <= 1 ? { from, to } : undefined;
  },
  format: ({ from, to }) => `${Math.floor(from * 1e6)}-${Math.ceil(to * 1e6)}`,
  fallback: WHOLE,
};
/** The address follows when one has come to rest. */
const SETTLE_MS = 300;

export function OpenedTrace({ trace }: { trace: Trace }) {
  const words = useTraceWords();
  const [range, setRange] = useShownRange();
  const span = trace.endMicros - trace.startMicros;
  const show = useCallback(
    (startMicros: number, durationMicros: number) => {
      const around = Math.max(durationMicros * 0.5, 50);
      const toShare = (micros: number) => Math.min(1, Math.max(0, (micros - trace.startMicros) / span));
      const from = toShare(startMicros - around);
      const to = toShare(startMicros + durationMicros + around);
      if (to > from) setRange({ from, to });
    },
    [trace.startMicros, span, setRange],
  );
  return (
    <>
      <Section title={words.threads.title}>
        {trace.lanes.length === 0 ? (
          <EmptyState title={words.noLanes}>{words.noLanesDetail}</EmptyState>
        ) : (
          <>
            <p className="pt-2 text-muted">
              {words.sentence(trace.lanes.length, words.micros(span), trace.eventCount)} {words.perfetto}
            </p>
            <div className="flex flex-wrap gap-x-4 lg:flex-nowrap">
              <ThreadsTable lanes={trace.lanes} />
              <Timeline trace={trace} range={range} onRange={setRange} />
            </div>
          </>
        )}
      </Section>
      <SpansTable trace={trace} onShow={show} />
    </>
  );
}

/** What is seen now, and in the address a moment later. */
function useShownRange(): [ViewRange, (range: ViewRange) => void] {
  const [linked, setLinked] = useUrlState('at', AT);
  const [range, setRange] = useState(linked);
  useEffect(() => {
    if (AT.format(range) === AT.format(linked)) return;
    const timer = setTimeout(() => setLinked(range), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [range, linked, setLinked]);
  return [range, setRange];
}
