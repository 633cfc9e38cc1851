'use client';

import { useMemo } from 'react';
import type { Anchor } from '../menu/place-floating.ts';
import type { Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import { type Measure, useMeasure } from '../state/use-measure.ts';
import type { RowKind, SortColumn, ViewerState } from '../state/viewer-state.ts';
import { useViewerWords, type ViewerWords } from '../use-viewer-words.ts';
import { ColumnHeader } from './column-header.tsx';
import { FunctionRow } from './function-row.tsx';
import { LongTable } from './long-table.tsx';
import { sortedRows } from './sorted-rows.ts';
import type { IndexIntoTableRows, TableRows } from './table-rows.ts';

interface FunctionTableProps {
  readonly subject: Subject;
  readonly rows: TableRows;
  readonly kind: Exclude<RowKind, 'callers'>;
  readonly matches: Matches | undefined;
  readonly sort: ViewerState['sort'];
  readonly selected: IndexIntoTableRows | undefined;
  onSort(sort: ViewerState['sort']): void;
  onSelect(row: IndexIntoTableRows): void;
  /** The reader wants to see it in the picture, or what a group holds. */
  onShow(row: IndexIntoTableRows): void;
  onMenu(row: IndexIntoTableRows, anchor: Anchor): void;
}

/** Functions, files or packages by self and total; sorted as indices. */
export function FunctionTable(props: FunctionTableProps) {
  const { subject, rows, kind, matches, sort, selected, onSort, onSelect, onShow, onMenu } = props;
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const shown = useMemo(() => sortedRows(rows, matches, sort), [rows, matches, sort]);
  const at = selected === undefined ? -1 : shown.indexOf(selected);
  const onKey = (key: string) => {
    if (key !== 'Enter' || selected === undefined || at < 0) return false;
    onShow(selected);
    return true;
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <LongTable
        role="grid"
        label={kind === 'function' ? measure.words.caption : viewer.table.captions[kind]}
        count={shown.length}
        at={at}
        head={columnsOf(measure, viewer, kind).map(({ column, title }) => (
          <ColumnHeader key={column} {...{ column, title, sort, onSort }} />
        ))}
        nothing={viewer.table.nothing[kind]}
        row={(index, id) => (
          <FunctionRow
            key={shown[index]}
            id={id}
            subject={subject}
            rows={rows}
            row={shown[index] as number}
            index={index}
            isSelected={index === at}
            onSelect={onSelect}
            onShow={onShow}
            onMenu={onMenu}
          />
        )}
        onGo={(index) => onSelect(shown[index] as number)}
        onMenu={(index, anchor) => onMenu(shown[index] as number, anchor)}
        onKey={onKey}
      />
      <p className="flex h-6 shrink-0 items-center gap-3 text-sm text-muted">
        <span className="whitespace-nowrap">{viewer.table.count(kind, shown.length, rows.hit.length)}</span>
        <span className="truncate">{measure.words.hint}</span>
      </p>
    </div>
  );
}

function columnsOf(
  { counted }: Measure,
  { table }: ViewerWords,
  kind: Exclude<RowKind, 'callers'>,
): { column: SortColumn; title: string }[] {
  const counts = counted && [
    { column: 'selfSamples' as const, title: counted.selfColumn },
    { column: 'totalSamples' as const, title: counted.totalColumn },
  ];
  return [
    { column: 'self', title: table.columns.self },
    { column: 'total', title: table.columns.total },
    ...(counts ?? []),
    { column: 'name', title: table.names[kind] },
  ];
}
