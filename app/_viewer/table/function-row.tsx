'use client';

import { memo } from 'react';
import { useWords } from '../../_messages/words.tsx';
import { classNames } from '../../_ui/class-names.ts';
import { type Anchor, anchorAt } from '../menu/place-floating.ts';
import { type Subject, shareOf } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import type { SortColumn } from '../state/viewer-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { COLUMN_CLASSES } from './column-header.tsx';
import type { IndexIntoTableRows, TableRows } from './table-rows.ts';

/** In CSS pixels. */
export const ROW_HEIGHT = 26;

interface FunctionRowProps {
  readonly id: string;
  readonly subject: Subject;
  readonly rows: TableRows;
  readonly row: IndexIntoTableRows;
  readonly index: number;
  readonly isSelected: boolean;
  onSelect(row: IndexIntoTableRows): void;
  onShow(row: IndexIntoTableRows): void;
  onMenu(row: IndexIntoTableRows, anchor: Anchor): void;
}

export const FunctionRow = memo(function FunctionRow(props: FunctionRowProps) {
  const { id, subject, rows, row, index, isSelected, onSelect, onShow, onMenu } = props;
  const { f } = useWords();
  const measure = useMeasure(subject);
  const { totals } = rows;
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      onClick={() => onSelect(row)}
      onDoubleClick={() => onShow(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(row, anchorAt(event.clientX, event.clientY));
      }}
      className={classNames('hover:bg-hover', isSelected && 'bg-accent-surface')}
    >
      <ValueCell subject={subject} value={totals.self[row] as number} />
      <ValueCell subject={subject} value={totals.total[row] as number} />
      {measure.counted && (
        <>
          <NumberCell column="selfSamples" text={f.number(totals.selfCount[row] as number)} />
          <NumberCell column="totalSamples" text={f.number(totals.totalCount[row] as number)} />
        </>
      )}
      <td className="border-b border-hairline p-0">
        <div className="flex min-w-0 items-center gap-2 px-2">
          <span className="truncate max-sm:max-w-3/4 max-sm:shrink-0">{rows.label(row)}</span>
          <span className="shrink-[4] truncate font-mono text-sm text-muted">{rows.place(row)}</span>
        </div>
      </td>
    </tr>
  );
});

/** A value and its share, with a bar behind that is as long as the share. */
export function ValueCell({ subject, value }: { subject: Subject; value: number }) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const share = shareOf(subject, value);
  return (
    <td className="relative border-b border-hairline p-0" style={{ height: ROW_HEIGHT }}>
      <span
        aria-hidden="true"
        className="absolute inset-y-1 right-1 rounded-[2px] bg-hairline"
        style={{ width: `calc((100% - 0.5rem) * ${share})` }}
      />
      <span className="relative flex justify-end gap-2 px-2">
        <span className="max-sm:hidden">{measure.value(value)}</span>
        <span className="w-14 text-right text-muted">{viewer.share(share)}</span>
      </span>
    </td>
  );
}

export function NumberCell({ column, text }: { column: SortColumn; text: string }) {
  return (
    <td
      className={classNames(
        'border-b border-hairline px-2 py-0 text-right text-muted',
        COLUMN_CLASSES[column],
      )}
    >
      {text}
    </td>
  );
}
