'use client';

import { memo, useDeferredValue, useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { Section } from '../../_ui/section.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { rangeAround } from './after-wish.ts';
import { toRangeTotals } from './lane-shares.ts';
import { ThreadsTable } from './threads-table.tsx';
import { type Selection, timesOfSelection } from './trace-state.ts';
import type { ChangeTrace } from './use-trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

interface ThreadTotalsProps {
  readonly trace: Trace;
  readonly selection: Selection | undefined;
  readonly change: ChangeTrace;
}

/** How long each thread was in each state, in the selected time or in all of it. */
export const ThreadTotals = memo(function ThreadTotals({ trace, selection, change }: ThreadTotalsProps) {
  const words = useTraceWords();
  const { lanes, eventCount, undrawnCount } = trace;
  const settled = useDeferredValue(selection);
  const times = timesOfSelection(trace, selection);
  const totals = useMemo(() => {
    const { startMicros, endMicros } = timesOfSelection(trace, settled);
    return trace.lanes.map((lane) => (settled ? toRangeTotals(lane, startMicros, endMicros) : lane.totals));
  }, [trace, settled]);
  const took = words.micros(times.endMicros - times.startMicros);
  const { leftOutCount } = trace.arguments;
  return (
    <Section title={words.threads.title}>
      <div className="flex flex-wrap items-center gap-x-3 pt-1.5 text-sm">
        <p role="status" className="figures">
          {selection
            ? words.selected(words.exactly(selection.fromMicros), words.exactly(selection.toMicros), took)
            : words.sentence(lanes.length, took, eventCount)}
        </p>
        {selection ? (
          <>
            <Button small onClick={() => change({ range: rangeAround(trace, times) })}>
              {words.zoomToSelected}
            </Button>
            <Button small onClick={() => change({ selection: undefined })}>
              {words.selectNothing}
            </Button>
          </>
        ) : (
          <p className="text-muted">
            {words.perfetto} {undrawnCount > 0 && words.undrawn(undrawnCount)}{' '}
            {leftOutCount > 0 && words.argumentsLeftOut(leftOutCount)}
          </p>
        )}
      </div>
      {lanes.some(({ length }) => length > 0) ? (
        <ThreadsTable lanes={lanes} totals={totals} />
      ) : (
        <EmptyState title={words.noLanes}>{words.noLanesDetail}</EmptyState>
      )}
    </Section>
  );
});
