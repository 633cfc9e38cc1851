'use client';

import { memo, type ReactNode } from 'react';
import { classNames } from '../../_ui/class-names.ts';
import { ChevronIcon } from '../../_ui/icons.tsx';
import { Skeleton } from '../../_ui/states.tsx';
import { HeapAskCancelled } from '../source/heap-source.ts';
import { useFailureSentence } from '../use-failure-sentence.ts';
import { useHeapWords } from '../use-heap-words.ts';
import type { TreeLine } from './paged-tree.ts';

/** In CSS pixels. */
export const ROW_HEIGHT = 26;
/** Deeper rows move no further right: the name needs its room. */
const INDENT = 14;
const DEEPEST_INDENT = 16;

interface Column<Row> {
  readonly id: string;
  readonly width?: string;
  readonly isText?: boolean;
  cell(row: Row): ReactNode;
}

interface GridLineProps<Row> {
  readonly id: string;
  readonly role: 'grid' | 'treegrid';
  readonly index: number;
  readonly line: TreeLine<Row>;
  /** Of the line, if it is there. */
  readonly row: Row | undefined;
  readonly isOpen: boolean;
  readonly columns: readonly Column<Row>[];
  readonly canOpen: boolean;
  readonly isSelected: boolean;
  onPress(): void;
  onOpen(): void;
  onEnter(): void;
  onRetry(): void;
}

/** A row, or what stands for one that is on its way. */
export const GridLine = memo(Line, isSameLine) as typeof Line;

function Line<Row>(props: GridLineProps<Row>) {
  const { id, role, index, line, row, isOpen, columns, canOpen, isSelected } = props;
  const isTree = role === 'treegrid';
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-level={isTree ? line.level : undefined}
      aria-posinset={isTree ? line.position + 1 : undefined}
      aria-setsize={isTree ? line.neighbours : undefined}
      aria-expanded={canOpen ? isOpen : undefined}
      aria-selected={isSelected}
      aria-busy={line.state === 'waiting' || undefined}
      onClick={props.onPress}
      onDoubleClick={() => (canOpen ? props.onOpen() : props.onEnter())}
      // The row that was just pressed has the pointer on it.
      className={isSelected ? 'bg-accent-surface' : 'hover:bg-hover'}
    >
      {row === undefined ? (
        <td
          colSpan={columns.length}
          className="border-b border-hairline px-2 py-0"
          style={{ height: ROW_HEIGHT, paddingLeft: 8 + indentOf(line.level) }}
        >
          {line.state === 'failed' ? (
            <Failed error={line.error} onRetry={props.onRetry} />
          ) : (
            <Skeleton className="ml-auto h-3 w-2/3" />
          )}
        </td>
      ) : (
        columns.map((column, at) => (
          <td
            key={column.id}
            // What the row is about stands last, after its figures; a screen reader is told which one it is.
            role={at === columns.length - 1 ? 'rowheader' : undefined}
            style={{ height: ROW_HEIGHT }}
            className={classNames(
              'relative border-b border-hairline p-0',
              !column.isText && 'figures text-right',
              column.width?.includes('hidden') && column.width,
            )}
          >
            {isTree && at === columns.length - 1 ? (
              <div
                className="flex min-w-0 items-center gap-1 pr-2"
                style={{ paddingLeft: 4 + indentOf(line.level) }}
              >
                <span
                  aria-hidden="true"
                  onClick={props.onOpen}
                  className={classNames(
                    'flex size-5 shrink-0 cursor-pointer items-center justify-center text-muted hover:text-text',
                    !canOpen && 'invisible',
                    isOpen && 'rotate-90',
                  )}
                >
                  <ChevronIcon />
                </span>
                {column.cell(row)}
              </div>
            ) : column.isText ? (
              <div className="min-w-0 px-2">{column.cell(row)}</div>
            ) : (
              column.cell(row)
            )}
          </td>
        ))
      )}
    </tr>
  );
}

function indentOf(level: number): number {
  return INDENT * Math.min(level - 1, DEEPEST_INDENT);
}

function Failed({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { grid } = useHeapWords();
  const sentence = useFailureSentence(error);
  return (
    <span className="flex items-center gap-2">
      <span
        className={classNames('truncate', error instanceof HeapAskCancelled ? 'text-muted' : 'text-bad')}
        title={sentence}
      >
        {sentence}
      </span>
      <button type="button" tabIndex={-1} onClick={onRetry} className="shrink-0 underline">
        {grid.retry}
      </button>
    </span>
  );
}

/** What is pressed is made anew with every render and does the same for the same line. */
function isSameLine<Row>(a: GridLineProps<Row>, b: GridLineProps<Row>): boolean {
  return (
    a.id === b.id &&
    a.row === b.row &&
    a.isOpen === b.isOpen &&
    a.canOpen === b.canOpen &&
    a.isSelected === b.isSelected &&
    a.columns === b.columns &&
    a.line.state === b.line.state &&
    a.line.level === b.line.level &&
    a.line.position === b.line.position &&
    a.line.neighbours === b.line.neighbours
  );
}
