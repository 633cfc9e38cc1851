'use client';

import { type KeyboardEvent, useCallback, useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { printable } from '../flame/function-labels.ts';
import type { OneSource } from '../loading/protocol.ts';
import { afterWish, folded } from './after-wish.ts';
import { type CpuBeside, CpuSamples } from './cpu-samples.tsx';
import { ItemDetails } from './item-details.tsx';
import { toLaneLayout } from './lane-layout.ts';
import { toMatchesBefore } from './span-search.ts';
import { SpanTables } from './span-tables.tsx';
import { ThreadTotals } from './thread-totals.tsx';
import { Timeline } from './timeline.tsx';
import { type TimelineWish, toTimelineWish } from './timeline-keys.ts';
import { evidenceOf, type TimelinePicture } from './timeline-picture.ts';
import { TraceLegend } from './trace-legend.tsx';
import { TraceSearchBar } from './trace-search.tsx';
import { useTraceSearch } from './use-trace-search.ts';
import { useTraceState } from './use-trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

interface OpenedTraceProps {
  readonly trace: Trace;
  readonly source: OneSource;
  readonly beside: CpuBeside;
}

/** The trace once it is there: one state, shown as picture, as tables and as a tree at the same time. */
export function OpenedTrace({ trace, source, beside }: OpenedTraceProps) {
  const words = useTraceWords();
  const [state, change] = useTraceState();
  const found = useTraceSearch(trace, state);
  const layout = useMemo(() => toLaneLayout(trace.lanes, new Set(state.collapsed)), [trace, state.collapsed]);
  const { range, selection } = state;
  const { hits } = found;
  const matchesBefore = useMemo(() => hits && toMatchesBefore(trace.lanes, hits), [trace, hits]);
  const picture = useMemo<TimelinePicture>(() => {
    const labels = new Map<number, string>();
    const label = (name: number) => {
      const text = labels.get(name) ?? printable(trace.strings[name] ?? '');
      labels.set(name, text);
      return text;
    };
    return { trace, evidence: evidenceOf(trace), layout, range, matchesBefore, label };
  }, [trace, layout, range, matchesBefore]);
  const wish = useCallback(
    (wanted: TimelineWish) => change((before) => afterWish(wanted, before, trace, layout, hits)),
    [change, trace, layout, hits],
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
      <TraceLegend hasStates={trace.lanes.some(({ length }) => length > 0)} />
      <ItemDetails
        trace={trace}
        item={state.item}
        onZoom={() => wish({ kind: 'zoom-here' })}
        onSelect={() => wish({ kind: 'select-here' })}
      />
      <ThreadTotals {...{ trace, selection, change }} />
      <CpuSamples {...{ trace, source, beside, selection, change }} chosenId={state.cpu} />
      <SpanTables
        {...{ trace, selection, hits, change }}
        namesOrder={state.namesOrder}
        longestOrder={state.longestOrder}
      />
    </>
  );
}
