'use client';

import { memo } from 'react';
import type { IndexIntoFunctionTable } from '#profile/index.ts';
import { classNames } from '../_ui/class-names.ts';
import { type Anchor, anchorAt } from '../_viewer/menu/place-floating.ts';
import type { Subject } from '../_viewer/state/subject.ts';
import type { DifferenceText } from '../_viewer/state/use-difference-text.ts';
import { ROW_HEIGHT } from '../_viewer/table/function-row.tsx';
import { useCompareWords } from './use-compare-words.ts';

interface ChangeRowProps {
  readonly id: string;
  readonly subject: Subject;
  readonly func: IndexIntoFunctionTable;
  readonly index: number;
  readonly before: number;
  readonly after: number;
  /** The greatest difference in the table: the longest bar. */
  readonly largest: number;
  readonly mayBeChance: boolean;
  readonly text: DifferenceText;
  readonly isSelected: boolean;
  onSelect(func: IndexIntoFunctionTable): void;
  onShow(func: IndexIntoFunctionTable): void;
  onMenu(func: IndexIntoFunctionTable, anchor: Anchor): void;
}

const CELL = 'border-b border-hairline px-2 py-0';

export const ChangeRow = memo(function ChangeRow(props: ChangeRowProps) {
  const { subject, func, before, after, text, mayBeChance, isSelected, onSelect, onShow, onMenu } = props;
  const { changes: words } = useCompareWords();
  const change = after - before;
  return (
    <tr
      id={props.id}
      aria-rowindex={props.index + 2}
      aria-selected={isSelected}
      onClick={() => onSelect(func)}
      onDoubleClick={() => onShow(func)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(func, anchorAt(event.clientX, event.clientY));
      }}
      className={classNames('hover:bg-hover', isSelected && 'bg-accent-surface')}
    >
      <td className={classNames(CELL, 'relative text-right')} style={{ height: ROW_HEIGHT }}>
        <ChangeBar part={props.largest > 0 ? change / props.largest : 0} />
        <span className={classNames((mayBeChance || change === 0) && 'text-muted')}>
          {text.change(change)}
        </span>
      </td>
      <td className={classNames(CELL, 'text-right')}>{text.value(before)}</td>
      <td className={classNames(CELL, 'text-right')}>{text.value(after)}</td>
      <td className={CELL}>
        <div className="flex min-w-0 items-center gap-2">
          <span className="truncate">{subject.label(func)}</span>
          <span className="shrink-[4] truncate font-mono text-sm text-muted">{subject.place(func)}</span>
          {mayBeChance && change !== 0 && (
            <span
              title={words.chanceTitle}
              className="ml-auto shrink-0 rounded-sm border border-hairline px-1 text-xs text-muted"
            >
              {words.chance}
            </span>
          )}
        </div>
      </td>
    </tr>
  );
});

/** To the right what became more, to the left what became less; the sign stands in words beside it. */
function ChangeBar({ part }: { part: number }) {
  const size = `${Math.min(1, Math.abs(part)) * 50}%`;
  return (
    <span aria-hidden="true" className="absolute inset-y-1.5 left-2 w-32">
      <span className="absolute inset-y-0 left-1/2 w-px bg-hairline-strong" />
      <span
        className="absolute inset-y-0 rounded-[2px]"
        style={{
          width: size,
          background: part > 0 ? 'var(--flame-more-4)' : 'var(--flame-less-4)',
          ...(part > 0 ? { left: '50%' } : { right: '50%' }),
        }}
      />
    </span>
  );
}
