'use client';

import {
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  type Table,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useMemo, useRef } from 'react';
import { useWords } from '../_messages/words.tsx';
import { classNames } from './class-names.ts';
import { ArrowDownIcon, ArrowUpIcon } from './icons.tsx';
import { RowSpacer } from './row-spacer.tsx';
import { useRowWindow } from './row-window.ts';
import { isWithin, useScreen, type Width } from './screen.ts';
import type { SortState } from './url-state.ts';

export interface Column<Row> {
  id: string;
  header: string;
  /** What the header means, where its words are not enough. */
  title?: string;
  /** Width classes in the table's fixed layout; columns without one share what is left. */
  width?: string;
  /** Left out on narrower screens. */
  from?: Width;
  numeric?: boolean;
  /** What is too long for a line goes on in the next. */
  wraps?: boolean;
  /** What it sorts by; a column without it does not sort. What is null comes last. */
  value?(row: Row): string | number | null;
  cell(row: Row): ReactNode;
  /** What stands below the last row; a table has such a line when one of its columns has something to say there. */
  total?(rows: readonly Row[]): ReactNode;
}

/** Rows that open: what is in one stands below it. */
export interface Opening<Row> {
  isOpen(row: Row): boolean;
  detail(row: Row): ReactNode;
}

export interface Selection {
  ids: ReadonlySet<string>;
  change(ids: ReadonlySet<string>): void;
}

interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf(row: Row): string;
  nameOf(row: Row): string;
  sort: SortState;
  onSort(sort: SortState): void;
  selection?: Selection;
  /** Called while the last rows are near the screen. */
  onEnd?: (() => void) | undefined;
  isFaded?: (row: Row) => boolean;
  opening?: Opening<Row>;
  /** Inside of another table's row: its head does not stay in sight. */
  isInner?: boolean;
}

const ROW_HEIGHT = 34;
/** Until it is measured. */
const DETAIL_HEIGHT = 240;
const FROM = { sm: 'max-sm:hidden', md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;
const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** A row, or what stands below one that is open. */
interface Line<Row> {
  id: string;
  row: Row;
  isDetail: boolean;
}

/**
 * A table that sorts, selects, opens its rows and is long. Rows are of one height unless a column wraps; arrow keys move
 * between their first links.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { caption, columns, rows, idOf, sort, onSort, selection, onEnd, opening, isInner } = props;
  const table = useSortedTable(columns, rows, idOf, sort);
  const lines = linesOf(table.getRowModel().rows, opening);
  const body = useRef<HTMLTableSectionElement>(null);
  const near = useRowWindow(
    body,
    lines.length,
    (index) => (lines[index]?.isDetail ? DETAIL_HEIGHT : ROW_HEIGHT),
    (index) => lines[index]?.id ?? String(index),
  );
  const wraps = columns.some((column) => column.wraps);
  const reachesEnd = near.indices.at(-1) === lines.length - 1;
  useEffect(() => {
    if (reachesEnd) onEnd?.();
  }, [reachesEnd, onEnd]);
  return (
    <div className="max-lg:overflow-x-auto">
      <table className="w-full table-fixed border-separate border-spacing-0" aria-rowcount={lines.length + 1}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {selection && <SelectAll rows={rows} idOf={idOf} selection={selection} />}
            {columns.map((column) => (
              <Header key={column.id} column={column} sort={sort} onSort={onSort} isInner={isInner} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={moveBetweenRows}>
          <RowSpacer height={near.before} />
          {near.indices.map((index) => {
            const line = lines[index];
            if (line === undefined) return null;
            return line.isDetail ? (
              <DetailRow key={line.id} {...props} row={line.row} index={index} measure={near.measure} />
            ) : (
              <Row
                key={line.id}
                {...props}
                row={line.row}
                index={index}
                measure={wraps ? near.measure : undefined}
              />
            );
          })}
          <RowSpacer height={near.after} />
        </tbody>
        <Totals columns={columns} rows={rows} selection={selection} />
      </table>
    </div>
  );
}

function linesOf<Row>(
  sorted: readonly { id: string; original: Row }[],
  opening: Opening<Row> | undefined,
): Line<Row>[] {
  return sorted.flatMap(({ id, original: row }) => {
    const line = { id, row, isDetail: false };
    return opening?.isOpen(row) ? [line, { id: `${id} detail`, row, isDetail: true }] : [line];
  });
}

function useSortedTable<Row extends RowData>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
  sort: SortState,
): Table<typeof features, Row> {
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => column.value?.(row) ?? undefined,
        enableSorting: column.value !== undefined,
        sortUndefined: 'last' as const,
        sortFn: (a: { getValue(id: string): unknown }, b: { getValue(id: string): unknown }, id: string) =>
          compare(a.getValue(id), b.getValue(id)),
      })),
    [columns],
  );
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort.column, sort.descending]);
  const isColumn = columns.some((column) => column.id === sort.column && column.value !== undefined);
  return useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: idOf,
    state: { sorting: isColumn ? sorting : NO_SORTING },
  });
}

const NO_SORTING: { id: string; desc: boolean }[] = [];
const collator = new Intl.Collator(undefined, { numeric: true });

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

function Header<Row>({
  column,
  sort,
  onSort,
  isInner = false,
}: {
  column: Column<Row>;
  sort: SortState;
  onSort(sort: SortState): void;
  isInner?: boolean | undefined;
}) {
  const isSorted = sort.column === column.id;
  const direction = isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const next = isSorted ? !sort.descending : column.numeric === true;
  return (
    <th
      scope="col"
      aria-sort={direction}
      title={column.title}
      className={classNames(
        'h-8 border-b px-2 text-sm font-normal text-muted first:pl-1',
        isInner ? 'border-hairline' : 'top-11 z-10 border-hairline-strong bg-surface lg:sticky',
        column.width,
        column.from && FROM[column.from],
        column.numeric ? 'text-right' : 'text-left',
      )}
    >
      {column.value === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          onClick={() => onSort({ column: column.id, descending: next })}
          className={classNames(
            'inline-flex max-w-full items-center gap-1 hover:text-text',
            column.numeric && 'flex-row-reverse',
            isSorted && 'text-text',
          )}
        >
          <span className="truncate">{column.header}</span>
          {isSorted && (sort.descending ? <ArrowDownIcon /> : <ArrowUpIcon />)}
        </button>
      )}
    </th>
  );
}

function Row<R>({
  row,
  index,
  columns,
  idOf,
  nameOf,
  selection,
  isFaded,
  opening,
  measure,
}: DataTableProps<R> & { row: R; index: number; measure: Ref<HTMLTableRowElement> | undefined }) {
  const { t } = useWords();
  const id = idOf(row);
  const isSelected = selection?.ids.has(id) ?? false;
  const isOpen = opening?.isOpen(row) ?? false;
  const cell = classNames('h-[34px] px-2 first:pl-1', !isOpen && 'border-b border-hairline');
  return (
    <tr
      ref={measure}
      data-index={index}
      data-row={id}
      aria-rowindex={index + 2}
      aria-selected={selection ? isSelected : undefined}
      className={classNames(
        'transition-colors',
        isSelected ? 'bg-accent-surface' : 'hover:bg-hover',
        isFaded?.(row) && 'text-muted',
      )}
    >
      {selection && (
        <td className={cell}>
          <input
            type="checkbox"
            className="block size-4 accent-(--accent)"
            aria-label={t.shell.table.select(nameOf(row))}
            checked={isSelected}
            onChange={() => selection.change(toggled(selection.ids, id))}
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          className={classNames(
            cell,
            column.wraps
              ? 'py-1.5 [overflow-wrap:anywhere]'
              : 'overflow-hidden text-ellipsis whitespace-nowrap',
            column.numeric && 'figures text-right',
            column.from && FROM[column.from],
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function DetailRow<R>({
  row,
  index,
  columns,
  selection,
  opening,
  measure,
}: DataTableProps<R> & { row: R; index: number; measure: Ref<HTMLTableRowElement> | undefined }) {
  const screen = useScreen();
  // Spanning more columns than are shown would make columns.
  const shown = columns.filter(({ from }) => isWithin(from, screen)).length + (selection ? 1 : 0);
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2}>
      <td colSpan={shown} className="border-b border-hairline pb-3 pl-1">
        {opening?.detail(row)}
      </td>
    </tr>
  );
}

function Totals<R>({
  columns,
  rows,
  selection,
}: Pick<DataTableProps<R>, 'columns' | 'rows'> & { selection: Selection | undefined }) {
  if (rows.length < 2 || columns.every(({ total }) => total === undefined)) return null;
  return (
    <tfoot>
      <tr>
        {selection && <td />}
        {columns.map((column) => (
          <td
            key={column.id}
            className={classNames(
              'h-[34px] truncate border-t border-hairline-strong px-2 font-medium first:pl-1',
              column.numeric && 'figures text-right',
              column.from && FROM[column.from],
            )}
          >
            {column.total?.(rows)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

function SelectAll<Row>({
  rows,
  idOf,
  selection,
}: {
  rows: readonly Row[];
  idOf(row: Row): string;
  selection: Selection;
}) {
  const { t } = useWords();
  const ref = useRef<HTMLInputElement>(null);
  const selected = rows.filter((row) => selection.ids.has(idOf(row))).length;
  const isAll = selected > 0 && selected === rows.length;
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = selected > 0 && !isAll;
  }, [selected, isAll]);
  return (
    <th
      scope="col"
      style={{ width: '2rem' }}
      className="top-11 z-10 border-b lg:sticky border-hairline-strong bg-surface pl-1 text-left"
    >
      <input
        ref={ref}
        type="checkbox"
        className="block size-4 accent-(--accent)"
        aria-label={t.shell.table.selectAll}
        checked={isAll}
        onChange={() => selection.change(isAll ? new Set() : new Set(rows.map(idOf)))}
      />
    </th>
  );
}

function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if (!(event.target instanceof HTMLElement)) return;
  // What stands in the detail of an open row has its own keys.
  const row = event.target.closest('tr');
  if (row?.parentElement !== event.currentTarget || row.dataset.row === undefined) return;
  const step = (from: Element | null) =>
    event.key === 'ArrowDown' ? from?.nextElementSibling : from?.previousElementSibling;
  let next = step(row);
  while (next instanceof HTMLElement && next.dataset.row === undefined) next = step(next);
  const same = event.target instanceof HTMLInputElement ? 'input' : 'a, button';
  const target = next?.querySelector<HTMLElement>(same);
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: 'nearest' });
}
