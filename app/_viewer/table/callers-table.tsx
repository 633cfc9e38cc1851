'use client';

import { useCallback, useMemo } from 'react';
import type { IndexIntoFunctionTable } from '#profile/index.ts';
import type { Anchor } from '../menu/place-floating.ts';
import type { Matches } from '../search/function-search.ts';
import type { StackAddress } from '../state/stack-address.ts';
import type { Subject } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import { MOST_OPEN_ROWS, type ViewerState } from '../state/viewer-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { CallerRow } from './caller-row.tsx';
import { ColumnHeader } from './column-header.tsx';
import { LongTable } from './long-table.tsx';
import { type IndexIntoBottomUp, OpenRows, stepSideways } from './open-rows.ts';
import { sortedCallers } from './sorted-callers.ts';

interface CallersTableProps {
  readonly subject: Subject;
  readonly matches: Matches | undefined;
  readonly sort: ViewerState['sort'];
  readonly openRows: readonly StackAddress[];
  readonly selected: StackAddress | undefined;
  onSort(sort: ViewerState['sort']): void;
  onOpenRows(change: (before: readonly StackAddress[]) => readonly StackAddress[]): void;
  onSelect(address: StackAddress): void;
  onMenu(func: IndexIntoFunctionTable, anchor: Anchor): void;
}

/** Functions by what they took themselves, each of which opens to its callers: the profile from the bottom up. */
export function CallersTable(props: CallersTableProps) {
  const { subject, matches, sort, openRows, selected, onSort, onOpenRows, onSelect, onMenu } = props;
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const table = useMemo(() => new OpenRows(subject), [subject]);
  const all = useMemo(() => table.top(), [table]);
  const top = useMemo(
    () => sortedCallers(subject, table.rows, all, matches, sort),
    [subject, table, all, matches, sort],
  );
  const open = useMemo(() => new Set(openRows), [openRows]);
  const shown = useMemo(() => table.seen(top, open), [table, top, open]);
  const at = selected === undefined ? -1 : shown.findIndex((row) => table.addressOf(row) === selected);
  const isOpen = (row: IndexIntoBottomUp) => open.has(table.addressOf(row));

  const select = useCallback((row: IndexIntoBottomUp) => onSelect(table.addressOf(row)), [onSelect, table]);
  const setOpen = useCallback(
    (row: IndexIntoBottomUp, opened: boolean) => {
      const address = table.addressOf(row);
      onOpenRows((before) => {
        const others = before.filter((other) => other !== address);
        return opened ? [...others, address].slice(-MOST_OPEN_ROWS) : others;
      });
    },
    [onOpenRows, table],
  );
  const openMenu = useCallback(
    (row: IndexIntoBottomUp, anchor: Anchor) => onMenu(table.rows.func(row), anchor),
    [onMenu, table],
  );
  const onKey = (key: string) => {
    const chosen = shown[at];
    if (chosen === undefined) return false;
    if (key === 'Enter' || key === ' ') {
      if (table.rows.hasCallers(chosen)) setOpen(chosen, !isOpen(chosen));
      return true;
    }
    const step = stepSideways(table, chosen, isOpen(chosen), key);
    if (step?.kind === 'go') select(step.row);
    else if (step !== undefined) setOpen(step.row, step.kind === 'open');
    return key === 'ArrowLeft' || key === 'ArrowRight';
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <LongTable
        role="treegrid"
        label={viewer.table.captions.callers}
        count={shown.length}
        at={at}
        head={
          <>
            <ColumnHeader column="self" title={viewer.table.columns.self} {...{ sort, onSort }} />
            {measure.counted && (
              <ColumnHeader column="selfSamples" title={measure.counted.selfColumn} {...{ sort, onSort }} />
            )}
            <ColumnHeader column="name" title={viewer.table.names.callers} {...{ sort, onSort }} />
          </>
        }
        nothing={viewer.table.nothing.function}
        row={(index, id) => {
          const row = shown[index] as number;
          return (
            <CallerRow
              key={row}
              id={id}
              subject={subject}
              rows={table.rows}
              row={row}
              index={index}
              isOpen={isOpen(row)}
              isSelected={index === at}
              onSelect={select}
              onOpen={setOpen}
              onMenu={openMenu}
            />
          );
        }}
        onGo={(index) => select(shown[index] as number)}
        onMenu={(index, anchor) => openMenu(shown[index] as number, anchor)}
        onKey={onKey}
      />
      <p className="flex h-6 shrink-0 items-center gap-3 text-sm text-muted">
        <span className="whitespace-nowrap">{viewer.table.count('function', top.length, all.length)}</span>
        {open.size > 0 && (
          <button
            type="button"
            onClick={() => onOpenRows(() => [])}
            className="rounded-sm px-1 hover:bg-hover hover:text-text"
          >
            {viewer.table.closeAll}
          </button>
        )}
        <span className="truncate">{viewer.table.callersHint}</span>
      </p>
    </div>
  );
}
