'use client';

import { useCallback, useMemo } from 'react';
import type { IndexIntoFunctionTable } from '#profile/index.ts';
import { classNames } from '../../_ui/class-names.ts';
import type { Anchor } from '../menu/place-floating.ts';
import type { Matches } from '../search/function-search.ts';
import { ChoiceRow } from '../state/choice-row.tsx';
import type { StackAddress } from '../state/stack-address.ts';
import type { Subject } from '../state/subject.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import { ROW_KINDS, type ViewerState } from '../state/viewer-state.ts';
import type { MenuTarget } from '../transforms/call-menu.tsx';
import { useViewerWords } from '../use-viewer-words.ts';
import { CallersTable } from './callers-table.tsx';
import { FunctionTable } from './function-table.tsx';
import { functionRows, type GroupKind, groupRows } from './table-rows.ts';

interface TablePaneProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly change: ChangeState;
  readonly matches: Matches | undefined;
  /** The function of the chosen call; undefined for none. */
  readonly selected: IndexIntoFunctionTable | undefined;
  readonly className?: string;
  onSelect(func: IndexIntoFunctionTable): void;
  /** The reader wants to see it in the picture. */
  onShow(func: IndexIntoFunctionTable): void;
  onMenu(target: MenuTarget, anchor: Anchor): void;
}

/** The table, and what a row of it is. */
export function TablePane(props: TablePaneProps) {
  const { state, change, className } = props;
  const { table } = useViewerWords();
  return (
    <section className={classNames('flex flex-col gap-1.5', className)}>
      <div className="shrink-0">
        <ChoiceRow
          label={table.rows.label}
          choices={ROW_KINDS.map((key) => ({ key, text: table.rows[key] }))}
          chosen={state.rows}
          onChange={(rows) => change({ rows })}
        />
      </div>
      {state.rows === 'callers' ? (
        <BottomUpRows {...props} />
      ) : state.rows === 'function' ? (
        <FunctionRows {...props} />
      ) : (
        // Rows of one kind are none of the other.
        <GroupRows key={state.rows} {...props} kind={state.rows} />
      )}
    </section>
  );
}

function FunctionRows({
  subject,
  state,
  change,
  matches,
  selected,
  onSelect,
  onShow,
  onMenu,
}: TablePaneProps) {
  const rows = useMemo(() => functionRows(subject), [subject]);
  const openMenu = useCallback(
    (func: IndexIntoFunctionTable, anchor: Anchor) => {
      onSelect(func);
      onMenu({ kind: 'function', func }, anchor);
    },
    [onSelect, onMenu],
  );
  return (
    <FunctionTable
      {...{ subject, rows, matches, selected, onSelect, onShow }}
      kind="function"
      sort={state.sort}
      onSort={(sort) => change({ sort })}
      onMenu={openMenu}
    />
  );
}

function GroupRows(props: TablePaneProps & { readonly kind: GroupKind }) {
  const { subject, state, change, matches, kind, onMenu } = props;
  const { origins } = useViewerWords();
  const rows = useMemo(() => groupRows(subject, kind, origins), [subject, kind, origins]);
  const { selectedGroup } = state;
  const selected = useMemo(
    () => (selectedGroup === undefined ? undefined : rows.hit.find((row) => rows.id(row) === selectedGroup)),
    [rows, selectedGroup],
  );
  const select = (row: number) => change({ selectedGroup: rows.id(row) });
  const show = (row: number) => {
    const search = rows.searchFor(row);
    if (search !== undefined) change({ rows: 'function', search, searchIsPattern: false });
  };
  return (
    <FunctionTable
      {...{ subject, rows, kind, matches, selected }}
      sort={state.sort}
      onSort={(sort) => change({ sort })}
      onSelect={select}
      onShow={show}
      onMenu={(row, anchor) => {
        select(row);
        onMenu({ kind: 'group', label: rows.label(row), frames: rows.selectorOf(row) }, anchor);
      }}
    />
  );
}

function BottomUpRows({ subject, state, change, matches, onMenu }: TablePaneProps) {
  const onOpenRows = useCallback(
    (next: (before: readonly StackAddress[]) => readonly StackAddress[]) =>
      change((before) => ({ openRows: next(before.openRows) })),
    [change],
  );
  const onSelect = useCallback((selectedRow: StackAddress) => change({ selectedRow }), [change]);
  const openMenu = useCallback(
    (func: IndexIntoFunctionTable, anchor: Anchor) => onMenu({ kind: 'function', func }, anchor),
    [onMenu],
  );
  return (
    <CallersTable
      {...{ subject, matches, onOpenRows, onSelect }}
      sort={state.sort}
      openRows={state.openRows}
      selected={state.selectedRow}
      onSort={(sort) => change({ sort })}
      onMenu={openMenu}
    />
  );
}
