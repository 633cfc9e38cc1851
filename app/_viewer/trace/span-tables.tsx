'use client';

import { memo, useCallback, useDeferredValue, useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { Section } from '../../_ui/section.tsx';
import { rangeAround, shown } from './after-wish.ts';
import { timesOf } from './items.ts';
import { NamesTable } from './names-table.tsx';
import type { Hits } from './span-search.ts';
import { findLongestSpans, toNameTotals } from './span-totals.ts';
import { SpansTable } from './spans-table.tsx';
import { type Item, type Selection, type TraceState, timesOfSelection } from './trace-state.ts';
import type { ChangeTrace } from './use-trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

const MOST_LONGEST = 200;

interface SpanTablesProps extends Pick<TraceState, 'namesOrder' | 'longestOrder'> {
  readonly trace: Trace;
  readonly selection: Selection | undefined;
  /** Undefined without a search. */
  readonly hits: Hits | undefined;
  readonly change: ChangeTrace;
}

/** Spans of the selected time, or of all of it: by name, and the longest ones. */
export const SpanTables = memo(function SpanTables(props: SpanTablesProps) {
  const { trace, hits, change, namesOrder, longestOrder } = props;
  const { names: namesWords, spans: spansWords } = useTraceWords();
  const selection = useDeferredValue(props.selection);
  const found = useMemo(() => {
    const isShown = (name: number, category: number) =>
      hits === undefined || hits[name] === 1 || hits[category] === 1;
    const { startMicros, endMicros } = timesOfSelection(trace, selection);
    // The last moment belongs to it when nothing is selected.
    const until = selection ? endMicros : Number.POSITIVE_INFINITY;
    return {
      names: toNameTotals(trace, startMicros, until, isShown),
      longest: findLongestSpans(trace.lanes, startMicros, until, MOST_LONGEST, isShown),
    };
  }, [trace, hits, selection]);
  const onFind = useCallback((search: string) => change({ search, searchIsPattern: false }), [change]);
  const onShow = useCallback(
    (item: Item) => {
      const times = timesOf(trace.lanes, item);
      if (times) change((before) => ({ ...shown(before, trace, item), range: rangeAround(trace, times) }));
    },
    [change, trace],
  );
  return (
    <>
      <Section title={selection ? namesWords.titleSelected : namesWords.title}>
        <NamesTable
          trace={trace}
          totals={found.names}
          order={namesOrder}
          onOrder={(order) => change({ namesOrder: order })}
          onFind={onFind}
        />
      </Section>
      {trace.lanes.some(({ spans }) => spans.length > 0) && (
        <Section title={selection ? spansWords.titleSelected : spansWords.title}>
          <SpansTable
            trace={trace}
            items={found.longest}
            order={longestOrder}
            onOrder={(order) => change({ longestOrder: order })}
            onShow={onShow}
          />
        </Section>
      )}
    </>
  );
});
