'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import { type Measure, useMeasure } from '../state/use-measure.ts';
import type { SortColumn, ViewerState } from '../state/viewer-state.ts';
import { useViewerWords, type ViewerWords } from '../use-viewer-words.ts';
import { ColumnHeader } from './column-header.tsx';
import { FunctionRow, ROW_HEIGHT } from './function-row.tsx';
import { sampledFunctions, sortedFunctions } from './sorted-functions.ts';

interface FunctionTableProps {
  readonly subject: Subject;
  readonly matches: Matches | undefined;
  readonly sort: ViewerState['sort'];
  /** The function of the chosen call; undefined for none. */
  readonly selected: number | undefined;
  onSort(sort: ViewerState['sort']): void;
  onSelect(func: number): void;
  /** The reader wants to see it in the picture. */
  onShow(func: number): void;
}

/** Functions by self and total. Sorted as indices, rendered only where it is seen, moved through with the arrow keys. */
export function FunctionTable({
  subject,
  matches,
  sort,
  selected,
  onSort,
  onSelect,
  onShow,
}: FunctionTableProps) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const columns = columnsOf(measure, viewer);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const all = useMemo(() => sampledFunctions(subject), [subject]);
  const shown = useMemo(() => sortedFunctions(subject, all, matches, sort), [subject, all, matches, sort]);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const at = selected === undefined ? -1 : shown.indexOf(selected);
  const { scrollToIndex } = rows;
  useEffect(() => {
    if (at >= 0) scrollToIndex(at);
  }, [at, scrollToIndex]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const next = nextIndex(event.key, at, shown.length, page);
    if (event.key === 'Enter' && selected !== undefined && at >= 0) onShow(selected);
    else if (next !== undefined) onSelect(shown[next] as number);
    else return;
    event.preventDefault();
  };
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        className="min-h-0 flex-1 overflow-auto has-[[role=grid]:focus-visible]:outline-2 has-[[role=grid]:focus-visible]:outline-accent"
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: one chooses rows in it
          role="grid"
          tabIndex={0}
          aria-label={measure.words.caption}
          aria-rowcount={shown.length + 1}
          aria-activedescendant={at >= 0 ? `${id}${at}` : undefined}
          onKeyDown={onKeyDown}
          className="w-full table-fixed sm:min-w-[44rem] border-separate border-spacing-0 outline-none"
        >
          <thead>
            <tr aria-rowindex={1}>
              {columns.map(({ column, title }) => (
                <ColumnHeader key={column} {...{ column, title, sort, onSort }} />
              ))}
            </tr>
          </thead>
          <tbody>
            <Spacer height={before} />
            {items.map(({ index }) => (
              <FunctionRow
                key={shown[index]}
                id={`${id}${index}`}
                subject={subject}
                func={shown[index] as number}
                index={index}
                isSelected={index === at}
                onSelect={onSelect}
                onShow={onShow}
              />
            ))}
            <Spacer height={after} />
          </tbody>
        </table>
        {shown.length === 0 && <p className="px-2 py-4 text-muted">{viewer.table.nothing}</p>}
      </div>
      <p className="flex h-6 shrink-0 items-center gap-3 text-sm text-muted">
        <span className="whitespace-nowrap">{viewer.table.count(shown.length, all.length)}</span>
        <span className="truncate">{measure.words.hint}</span>
      </p>
    </div>
  );
}

function columnsOf({ counted }: Measure, { table }: ViewerWords): { column: SortColumn; title: string }[] {
  const counts = counted && [
    { column: 'selfSamples' as const, title: counted.selfColumn },
    { column: 'totalSamples' as const, title: counted.totalColumn },
  ];
  return [
    { column: 'self', title: table.columns.self },
    { column: 'total', title: table.columns.total },
    ...(counts ?? []),
    { column: 'name', title: table.columns.name },
  ];
}

/** Keeps the height of the rows that are not rendered. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td className="p-0" style={{ height }} />
    </tr>
  );
}

function nextIndex(key: string, at: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, at + step));
}
