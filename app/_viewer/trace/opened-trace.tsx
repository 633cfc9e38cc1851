'use client';

import { type KeyboardEvent, useCallback, useDeferredValue, useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { Section } from '../../_ui/section.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { printable } from '../flame/function-labels.ts';
import { afterWish, folded, rangeAround, shown } from './after-wish.ts';
import { ItemDetails } from './item-details.tsx';
import { timesOf } from './items.ts';
import { toLaneLayout } from './lane-layout.ts';
import { toRangeTotals } from './lane-shares.ts';
import { NamesTable } from './names-table.tsx';
import { findLongestSpans, toNameTotals } from './span-totals.ts';
import { SpansTable } from './spans-table.tsx';
import { ThreadsTable } from './threads-table.tsx';
import { Timeline } from './timeline.tsx';
import { type TimelineWish, toTimelineWish } from './timeline-keys.ts';
import { evidenceOf, type TimelinePicture } from './timeline-picture.ts';
import { TraceLegend } from './trace-legend.tsx';
import { TraceSearchBar } from './trace-search.tsx';
import type { Item, TraceState } from './trace-state.ts';
import { type TraceSearch, useTraceSearch } from './use-trace-search.ts';
import { type ChangeTrace, useTraceState } from './use-trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

const MOST_LONGEST = 200;

/** The trace once it is there: one state, shown as picture, as tables and as a tree at the same time. */
export function OpenedTrace({ trace }: { trace: Trace }) {
  const words = useTraceWords();
  const [state, change] = useTraceState();
  const found = useTraceSearch(trace, state);
  const layout = useMemo(() => toLaneLayout(trace.lanes, new Set(state.collapsed)), [trace, state.collapsed]);
  const { range } = state;
  const { hits } = found;
  const picture = useMemo<TimelinePicture>(() => {
    const labels = new Map<number, string>();
    const label = (name: number) => {
      const text = labels.get(name) ?? printable(trace.strings[name] ?? '');
      labels.set(name, text);
      return text;
    };
    return { trace, evidence: evidenceOf(trace), layout, range, hits, label };
  }, [trace, layout, range, hits]);
  const wish = useCallback(
    (wanted: TimelineWish) => change(afterWish(wanted, state, trace, layout, hits)),
    [change, state, trace, layout, hits],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = toTimelineWish(event);
    if (wanted === undefined) return;
    event.preventDefault();
    wish(wanted);
  };
  if (trace.lanes.length === 0) return <EmptyState title={words.empty}>{words.emptyDetail}</EmptyState>;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <TraceSearchBar
          state={state}
          found={found}
          change={change}
          onStep={(by) => wish({ kind: 'match', by })}
        />
        <div className="ml-auto flex gap-1.5">
          <Button small onClick={() => wish({ kind: 'zoom', factor: 0.5 })}>
            {words.timeline.zoomIn}
          </Button>
          <Button small onClick={() => wish({ kind: 'zoom', factor: 2 })}>
            {words.timeline.zoomOut}
          </Button>
          <Button small onClick={() => wish({ kind: 'whole' })}>
            {words.timeline.whole}
          </Button>
        </div>
      </div>
      <Timeline
        picture={picture}
        state={state}
        change={change}
        onKeyDown={onKeyDown}
        onFold={(lane) => change({ collapsed: folded(state.collapsed, lane) })}
      />
      <TraceLegend />
      <ItemDetails
        trace={trace}
        item={state.item}
        onZoom={() => wish({ kind: 'zoom-here' })}
        onSelect={() => wish({ kind: 'select-here' })}
      />
      <Totals {...{ trace, state, change, found }} />
    </>
  );
}

interface TotalsProps {
  readonly trace: Trace;
  readonly state: TraceState;
  readonly change: ChangeTrace;
  readonly found: TraceSearch;
}

/** What the selected time holds, or all of it: states of threads, spans by name, the longest ones. */
function Totals({ trace, state, change, found: { hits } }: TotalsProps) {
  const words = useTraceWords();
  const { startMicros, endMicros, lanes } = trace;
  const selection = useDeferredValue(state.selection);
  const fromMicros = startMicros + (selection?.fromMicros ?? 0);
  const toMicros = selection ? startMicros + selection.toMicros : endMicros;
  const threads = useMemo(
    () => lanes.map((lane) => (selection ? toRangeTotals(lane, fromMicros, toMicros) : lane.totals)),
    [lanes, selection, fromMicros, toMicros],
  );
  const names = useMemo(() => {
    const isShown = (name: number, category: number) =>
      hits === undefined || hits[name] === 1 || hits[category] === 1;
    // The last moment belongs to it when nothing is selected.
    const until = selection ? toMicros : Number.POSITIVE_INFINITY;
    return {
      totals: toNameTotals(trace, fromMicros, until, isShown),
      longest: findLongestSpans(lanes, fromMicros, until, MOST_LONGEST, isShown),
    };
  }, [trace, lanes, hits, selection, fromMicros, toMicros]);
  const onFind = useCallback((search: string) => change({ search, searchIsPattern: false }), [change]);
  const onShow = useCallback(
    (item: Item) => {
      const times = timesOf(lanes, item);
      if (times) change({ ...shown(state, trace, item), range: rangeAround(trace, times) });
    },
    [change, state, trace, lanes],
  );
  const took = words.micros(toMicros - fromMicros);
  return (
    <>
      <Section title={words.threads.title}>
        <div className="flex flex-wrap items-center gap-x-3 pt-1.5 text-sm">
          <p role="status" className="figures">
            {selection
              ? words.selected(words.exactly(selection.fromMicros), words.exactly(selection.toMicros), took)
              : words.sentence(lanes.length, took, trace.eventCount)}
          </p>
          {selection ? (
            <>
              <Button
                small
                onClick={() =>
                  change({ range: rangeAround(trace, { startMicros: fromMicros, endMicros: toMicros }) })
                }
              >
                {words.zoomToSelected}
              </Button>
              <Button small onClick={() => change({ selection: undefined })}>
                {words.selectNothing}
              </Button>
            </>
          ) : (
            <p className="text-muted">
              {words.perfetto} {trace.undrawnCount > 0 && words.undrawn(trace.undrawnCount)}{' '}
              {trace.arguments.leftOutCount > 0 && words.argumentsLeftOut(trace.arguments.leftOutCount)}
            </p>
          )}
        </div>
        {lanes.some(({ length }) => length > 0) ? (
          <ThreadsTable lanes={lanes} totals={threads} />
        ) : (
          <EmptyState title={words.noLanes}>{words.noLanesDetail}</EmptyState>
        )}
      </Section>
      <Section title={selection ? words.names.titleSelected : words.names.title}>
        <NamesTable
          trace={trace}
          totals={names.totals}
          order={state.namesOrder}
          onOrder={(namesOrder) => change({ namesOrder })}
          onFind={onFind}
        />
      </Section>
      <Section title={selection ? words.spans.titleSelected : words.spans.title}>
        <SpansTable
          trace={trace}
          items={names.longest}
          order={state.longestOrder}
          onOrder={(longestOrder) => change({ longestOrder })}
          onShow={onShow}
        />
      </Section>
    </>
  );
}
