'use client';

import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { InstanceId } from '#contract';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { FailedState, Skeleton } from '../../_ui/states.tsx';
import { span as spanCodec, useUrlState } from '../../_ui/url-state.ts';
import { CHART_GROUPS, type ChartGroup } from './chart-groups.ts';
import { ChartTable } from './chart-table.tsx';
import { HISTORY_SECONDS, type HistoryColumns } from './history.ts';
import { Plot, type PlotMark } from './plot.ts';
import { useHistory } from './use-history.ts';
import { useThemeVersion } from './use-theme-version.ts';

const NAMES = CHART_GROUPS.flatMap((group) => group.series.map((series) => series.name));
const HEIGHT = 150;
const LEAST_SPAN_SECONDS = 120;

/** The last 15 minutes as charts, each with its figures as a table. Dragging zooms all of them; the span is in the address. */
export default function VitalsCharts({
  id,
  marks,
  isLiving,
}: {
  id: InstanceId;
  marks: readonly PlotMark[];
  isLiving: boolean;
}) {
  const { t, f } = useWords();
  const { history, version, query } = useHistory(id);
  const [zoom, setZoom] = useUrlState('range', spanCodec);
  const [cursor, setCursor] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: version stands for what the history holds
  const columns = useMemo(() => {
    const newest = history.newestSecond;
    return history.columns(NAMES, isLiving ? Math.max(newest, Math.floor(Date.now() / 1000) - 5) : newest);
  }, [history, version, isLiving]);
  if (history.isEmpty && query.isPending) return <Skeleton className="h-72 w-full" />;
  if (history.isEmpty && query.isError)
    return <FailedState error={query.error} retry={() => query.refetch()} />;
  if (history.isEmpty) return <p className="py-3 text-muted">{t.fleet.instance.chartsEmpty}</p>;
  const last = columns.seconds.at(-1) ?? 0;
  // A young process does not fill 15 minutes; its first ones shall not be a smear at the edge.
  const from = Math.max(
    last - HISTORY_SECONDS + 1,
    Math.min(history.oldestSecond(last), last - LEAST_SPAN_SECONDS),
  );
  const shown: [number, number] = zoom ?? [from, last];
  return (
    <>
      <div className="flex h-8 items-center gap-3 text-sm text-muted">
        {zoom === null ? (
          t.fleet.instance.zoomHint
        ) : (
          <>
            {t.fleet.instance.zoomed(f.clock(zoom[0] * 1000), f.clock(zoom[1] * 1000))}
            <Button small onClick={() => setZoom(null)}>
              {t.fleet.instance.resetZoom}
            </Button>
          </>
        )}
      </div>
      <div className="grid gap-x-8 gap-y-5 2xl:grid-cols-2">
        {CHART_GROUPS.map((group) => (
          <Chart
            key={group.id}
            group={group}
            columns={columns}
            span={shown}
            marks={marks}
            cursor={cursor}
            onCursor={setCursor}
            onSpan={(from, to) => setZoom([from, Math.max(to, from + 5)])}
          />
        ))}
      </div>
    </>
  );
}

function Chart({
  group,
  columns,
  span,
  marks,
  cursor,
  onCursor,
  onSpan,
}: {
  group: ChartGroup;
  columns: HistoryColumns;
  span: [number, number];
  marks: readonly PlotMark[];
  cursor: number | null;
  onCursor(index: number | null): void;
  onSpan(from: number, to: number): void;
}) {
  const { t, f } = useWords();
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(undefined);
  const handlers = useRef({ onCursor, onSpan });
  handlers.current = { onCursor, onSpan };
  const theme = useThemeVersion();
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the theme makes new charts in its colours
  useEffect(() => {
    const element = holder.current;
    if (!element || width === 0) return;
    plot.current = new Plot(element, {
      group,
      width,
      height: HEIGHT,
      format: (value) => group.format(value, f),
      formatTime: (second) => f.minute(second * 1000),
      onSpan: (from, to) => handlers.current.onSpan(from, to),
      onCursor: (index) => handlers.current.onCursor(index),
    });
    return () => {
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [group, f, theme, width]);
  const [from, to] = span;
  // biome-ignore lint/correctness/useExhaustiveDependencies: width and theme make a new chart, which is empty
  useEffect(() => {
    const rows = group.series.map(({ name, from: least = Number.NEGATIVE_INFINITY }) =>
      (columns.series[name] ?? new Float64Array(columns.seconds.length)).map((value) =>
        value < least ? Number.NaN : value,
      ),
    );
    plot.current?.show(columns.seconds, rows, [from, to], marks);
  }, [group, columns, from, to, marks, width, theme, f]);
  return (
    <figure className="min-w-0">
      <figcaption className="text-sm text-muted">{t.fleet.instance.chart[group.id]}</figcaption>
      <div className="flex flex-col gap-x-4 xl:flex-row">
        <div ref={holder} data-live="" className="min-w-0 flex-1" style={{ height: HEIGHT }} />
        <ChartTable group={group} columns={columns} span={span} cursor={cursor} />
      </div>
    </figure>
  );
}
