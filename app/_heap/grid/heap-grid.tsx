'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { HeapOrder } from '#profile/heap/query/heap-query.ts';
import { classNames } from '../../_ui/class-names.ts';
import { ArrowDownIcon, ArrowUpIcon } from '../../_ui/icons.tsx';
import { RowSpacer } from '../../_ui/row-spacer.tsx';
import { nextIndex } from '../../_viewer/table/row-steps.ts';
import { AskingLine } from '../asking-line.tsx';
import { isOfQuestion } from '../source/heap-query-options.ts';
import type { RowPath } from '../state/row-path.ts';
import { type HeapWords, useHeapWords } from '../use-heap-words.ts';
import { useIsLong } from '../use-is-long.ts';
import { GridLine, ROW_HEIGHT } from './grid-line.tsx';
import type { PagedTree, TreeLine } from './paged-tree.ts';
import { typedTo, useTypedText } from './typed-text.ts';
import { useScrollMemory } from './use-scroll-memory.ts';

/** A browser lays out no more than so many pixels. */
const MOST_LINES = 1_000_000;
/** Above and below what is seen; fetched and rendered before it is scrolled to. */
const OVERSCAN = 12;

export interface GridColumn<Row, Sort extends string> {
  readonly id: string;
  readonly header: string;
  /** What the header means, where its words are not enough. */
  readonly title?: string;
  /** Classes of its width; the last column takes what the others leave. */
  readonly width?: string;
  readonly isText?: boolean;
  /** What it sorts by, where it does. */
  readonly sort?: Sort;
  cell(row: Row): ReactNode;
}

interface HeapGridProps<Row, Sort extends string> {
  readonly role: 'grid' | 'treegrid';
  readonly label: string;
  readonly tree: PagedTree<Row>;
  readonly columns: readonly GridColumn<Row, Sort>[];
  readonly order?: HeapOrder<Sort>;
  readonly cursor: RowPath | undefined;
  readonly scrolledRows?: number;
  /** What is being done while rows are waited for. */
  readonly doing?: keyof HeapWords['asking'];
  /** What is said where there is no row. */
  readonly nothing: string;
  onOrder?(order: HeapOrder<Sort>): void;
  onGo(path: RowPath, row: Row): void;
  onOpen?(path: RowPath, isOpen: boolean): void;
  /** Enter, or pressed twice, where the row does not open. */
  onEnter?(row: Row): void;
  onScrolled?(rows: number): void;
  /** Whether the key was for the row. */
  onKey?(key: string, row: Row): boolean;
  opens?(row: Row): boolean;
  /** What one types to get to it. */
  textOf(row: Row): string;
}

/** A table or a tree of any length: fetched and rendered only where it is seen, moved through with the keys. */
export function HeapGrid<Row, Sort extends string = never>(props: HeapGridProps<Row, Sort>) {
  const { role, label, tree, columns, cursor, onGo, onOpen, onEnter, opens, textOf } = props;
  const id = useId();
  const words = useHeapWords();
  const scroller = useRef<HTMLDivElement>(null);
  // What is wrong with a question is said where it was written.
  const count = isOfQuestion(tree.failure) ? 0 : Math.min(tree.count, MOST_LINES);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_HEIGHT,
    useFlushSync: false,
  });
  const { scrollToIndex } = virtual;
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  const [askingSince, setAskingSince] = useState<number>();
  useEffect(() => {
    tree.seek(cursor);
    tree.want(first, Math.max(1, end));
    setAskingSince(tree.askingSince);
  });
  const isLong = useIsLong(askingSince);
  // A row that one went to, and perhaps opened, before it came.
  const [ahead, setAhead] = useState<{ readonly index: number; readonly isToOpen: boolean }>();
  const known = cursor === undefined ? -1 : tree.indexOf(cursor);
  const at = ahead?.index ?? known;
  const typed = useTypedText();
  const onScroll = useScrollMemory({
    scroller,
    tree,
    count,
    scrolledRows: props.scrolledRows ?? 0,
    cursorAt: known,
    onScrolled: props.onScrolled,
  });

  const goTo = (index: number) => {
    scrollToIndex(index);
    const line = tree.lineAt(index);
    if (line?.state !== 'row') return setAhead({ index, isToOpen: false });
    setAhead(undefined);
    onGo(line.path, line.row);
  };
  const press = (line: TreeLine<Row>) => {
    if (line.state !== 'row') return;
    setAhead(undefined);
    onGo(line.path, line.row);
  };
  const arrived = ahead === undefined ? undefined : tree.lineAt(ahead.index);
  useEffect(() => {
    if (arrived?.state !== 'row') return;
    setAhead(undefined);
    onGo(arrived.path, arrived.row);
    if (ahead?.isToOpen && opens?.(arrived.row)) onOpen?.(arrived.path, true);
  }, [arrived, ahead, onGo, onOpen, opens]);

  const step = (key: string): boolean => {
    const line = tree.lineAt(at);
    if (line?.state === 'failed' && key === 'Enter') {
      tree.retry();
      return true;
    }
    if (line?.state === 'waiting' && key === 'ArrowRight') {
      setAhead({ index: at, isToOpen: true });
      return true;
    }
    if (line?.state !== 'row') return false;
    const canOpen = opens?.(line.row) ?? false;
    if (key === 'Enter' || key === ' ') {
      if (canOpen && (key === ' ' || onEnter === undefined)) onOpen?.(line.path, !line.isOpen);
      else onEnter?.(line.row);
      return true;
    }
    if (key === 'ArrowRight' && canOpen) {
      if (line.isOpen) goTo(at + 1);
      else onOpen?.(line.path, true);
      return true;
    }
    if (key === 'ArrowLeft') {
      if (line.isOpen) onOpen?.(line.path, false);
      else if (line.path.length > 1) goTo(tree.indexOf(line.path.slice(0, -1)));
      return true;
    }
    return props.onKey?.(key, line.row) ?? false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const next = nextIndex(event.key, at, count, page);
    if (next !== undefined) goTo(next);
    else if (!step(event.key)) {
      const text = typed(event.key);
      if (text === undefined) return;
      const found = typedTo(tree, at, text, textOf);
      if (found !== undefined) goTo(found);
    }
    event.preventDefault();
  };
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      onScroll={onScroll}
      aria-busy={tree.total === undefined && tree.failure === undefined}
      className="min-h-0 flex-1 overflow-auto has-[table:focus-visible]:outline-2 has-[table:focus-visible]:outline-accent"
    >
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: a grid and a treegrid have an active row; the linter sees no value */}
      <table
        role={role}
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-activedescendant={at >= first && at < end ? `${id}${at}` : undefined}
        onKeyDown={onKeyDown}
        className="w-full table-fixed border-separate border-spacing-0 outline-none"
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <GridHeader key={column.id} column={column} order={props.order} onOrder={props.onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          <RowSpacer height={before} />
          {items.map(({ index }) => {
            const line = tree.lineAt(index);
            return (
              line && (
                <GridLine
                  key={index}
                  id={`${id}${index}`}
                  role={role}
                  index={index}
                  line={line}
                  row={line.state === 'row' ? line.row : undefined}
                  isOpen={line.state === 'row' && line.isOpen}
                  columns={columns}
                  canOpen={line.state === 'row' && (opens?.(line.row) ?? false)}
                  isSelected={index === at}
                  onPress={() => press(line)}
                  onOpen={() => line.state === 'row' && onOpen?.(line.path, !line.isOpen)}
                  onEnter={() => line.state === 'row' && onEnter?.(line.row)}
                  onRetry={() => tree.retry()}
                />
              )
            );
          })}
          <RowSpacer height={after} />
        </tbody>
      </table>
      <div className="sticky bottom-0 left-0 bg-surface px-2">
        <AskingLine
          doing={isLong ? words.asking[props.doing ?? 'rows'] : undefined}
          onCancel={() => {
            tree.cancel();
            // The button goes; whoever pressed it by the keyboard is to be somewhere.
            scroller.current?.querySelector('table')?.focus();
          }}
        />
      </div>
      {tree.total === 0 && <p className="px-2 py-4 text-muted">{props.nothing}</p>}
      {tree.count > MOST_LINES && <p className="px-2 py-2 text-muted">{words.grid.tooLong(MOST_LINES)}</p>}
    </div>
  );
}

interface GridHeaderProps<Row, Sort extends string> {
  readonly column: GridColumn<Row, Sort>;
  readonly order: HeapOrder<Sort> | undefined;
  readonly onOrder: ((order: HeapOrder<Sort>) => void) | undefined;
}

function GridHeader<Row, Sort extends string>({ column, order, onOrder }: GridHeaderProps<Row, Sort>) {
  const { sort, header, title, isText = false, width } = column;
  const isSorted = sort !== undefined && order?.by === sort;
  return (
    <th
      scope="col"
      title={title}
      aria-sort={
        sort === undefined ? undefined : isSorted ? (order?.descending ? 'descending' : 'ascending') : 'none'
      }
      className={classNames(
        'sticky top-0 z-10 h-7 truncate border-b border-hairline-strong bg-surface px-2 text-sm font-normal text-muted',
        isText ? 'text-left' : 'text-right',
        width,
      )}
    >
      {sort === undefined || onOrder === undefined ? (
        header
      ) : (
        <button
          type="button"
          onClick={() => onOrder({ by: sort, descending: isSorted ? !order?.descending : !isText })}
          className={classNames('inline-flex items-center gap-1 hover:text-text', isSorted && 'text-text')}
        >
          {isSorted && (order?.descending ? <ArrowDownIcon /> : <ArrowUpIcon />)}
          {header}
        </button>
      )}
    </th>
  );
}
