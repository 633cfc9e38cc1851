'use client';

import { memo } from 'react';
import type { BottomUp } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import { classNames } from '../../_ui/class-names.ts';
import { ChevronIcon } from '../../_ui/icons.tsx';
import { type Anchor, anchorAt } from '../menu/place-floating.ts';
import type { Subject } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import { NumberCell, ValueCell } from './function-row.tsx';
import type { IndexIntoBottomUp } from './open-rows.ts';

/** Deeper rows move no further right: the name needs its room. In CSS pixels. */
const INDENT = 14;
const DEEPEST_INDENT = 24;

interface CallerRowProps {
  readonly id: string;
  readonly subject: Subject;
  readonly rows: BottomUp;
  readonly row: IndexIntoBottomUp;
  readonly index: number;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  onSelect(row: IndexIntoBottomUp): void;
  onOpen(row: IndexIntoBottomUp, isOpen: boolean): void;
  onMenu(row: IndexIntoBottomUp, anchor: Anchor): void;
}

export const CallerRow = memo(function CallerRow(props: CallerRowProps) {
  const { id, subject, rows, row, index, isOpen, isSelected, onSelect, onOpen, onMenu } = props;
  const { f } = useWords();
  const measure = useMeasure(subject);
  const func = rows.func(row);
  const depth = rows.depth(row);
  const canOpen = rows.hasCallers(row);
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-level={depth}
      aria-expanded={canOpen ? isOpen : undefined}
      aria-selected={isSelected}
      onClick={() => onSelect(row)}
      onDoubleClick={() => canOpen && onOpen(row, !isOpen)}
      onContextMenu={(event) => {
        event.preventDefault();
        onSelect(row);
        onMenu(row, anchorAt(event.clientX, event.clientY));
      }}
      className={classNames('hover:bg-hover', isSelected && 'bg-accent-surface')}
    >
      <ValueCell subject={subject} value={rows.total(row)} />
      {measure.counted && <NumberCell column="selfSamples" text={f.number(rows.totalCount(row))} />}
      <td className="border-b border-hairline p-0">
        <div
          className="flex min-w-0 items-center gap-1 pr-2"
          style={{ paddingLeft: 4 + INDENT * Math.min(depth - 1, DEEPEST_INDENT) }}
        >
          <span
            aria-hidden="true"
            onClick={() => onOpen(row, !isOpen)}
            className={classNames(
              'flex size-5 shrink-0 cursor-pointer items-center justify-center text-muted hover:text-text',
              !canOpen && 'invisible',
              isOpen && 'rotate-90',
            )}
          >
            <ChevronIcon />
          </span>
          <span className="truncate max-sm:max-w-3/4 max-sm:shrink-0">{subject.label(func)}</span>
          <span className="ml-1 shrink-[4] truncate font-mono text-sm text-muted">{subject.place(func)}</span>
        </div>
      </td>
    </tr>
  );
});
