'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { RowSpacer } from '../../_ui/row-spacer.tsx';
import { type Anchor, anchorAt } from '../menu/place-floating.ts';
import { ROW_HEIGHT } from './function-row.tsx';
import { nextIndex } from './row-steps.ts';

interface LongTableProps {
  readonly role: 'grid' | 'treegrid';
  readonly label: string;
  readonly count: number;
  /** The index of the chosen row; -1 for none. */
  readonly at: number;
  readonly head: ReactNode;
  /** What is said where there is no row. */
  readonly nothing: string;
  row(index: number, id: string): ReactNode;
  onGo(index: number): void;
  onMenu(index: number, anchor: Anchor): void;
  /** Whether the key was for the table. */
  onKey(key: string): boolean;
}

/** A table of any length: rendered only where it is seen, moved through with the arrow keys. */
export function LongTable(props: LongTableProps) {
  const { role, label, count, at, onGo, onMenu, onKey } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const { scrollToIndex } = rows;
  useEffect(() => {
    if (at >= 0) scrollToIndex(at);
  }, [at, scrollToIndex]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const next = nextIndex(event.key, at, count, page);
    if ((event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && at >= 0)
      onMenu(at, anchorOfRow(event.currentTarget, `${id}${at}`));
    else if (next !== undefined) onGo(next);
    else if (!onKey(event.key)) return;
    event.preventDefault();
  };
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-auto has-[table:focus-visible]:outline-2 has-[table:focus-visible]:outline-accent"
    >
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: a grid and a treegrid have an active row; the linter sees no value */}
      <table
        role={role}
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-activedescendant={at >= 0 ? `${id}${at}` : undefined}
        onKeyDown={onKeyDown}
        className="w-full table-fixed sm:min-w-[44rem] border-separate border-spacing-0 outline-none"
      >
        <thead>
          <tr aria-rowindex={1}>{props.head}</tr>
        </thead>
        <tbody>
          <RowSpacer height={before} />
          {items.map(({ index }) => props.row(index, `${id}${index}`))}
          <RowSpacer height={after} />
        </tbody>
      </table>
      {count === 0 && <p className="px-2 py-4 text-muted">{props.nothing}</p>}
    </div>
  );
}

function anchorOfRow(table: Element, id: string): Anchor {
  const area = (document.getElementById(id) ?? table).getBoundingClientRect();
  return anchorAt(area.left + area.width / 3, area.bottom);
}
