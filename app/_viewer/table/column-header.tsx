'use client';

import { classNames } from '../../_ui/class-names.ts';
import { ArrowDownIcon, ArrowUpIcon } from '../../_ui/icons.tsx';
import type { SortColumn, ViewerState } from '../state/viewer-state.ts';

interface ColumnHeaderProps {
  readonly column: SortColumn;
  readonly title: string;
  readonly sort: ViewerState['sort'];
  onSort(sort: ViewerState['sort']): void;
}

/** The name takes what the figures leave; where there is little to leave, shares alone stand beside it. */
export const COLUMN_CLASSES: Record<SortColumn, string> = {
  self: 'w-44 max-sm:w-18',
  total: 'w-44 max-sm:w-18',
  selfSamples: 'w-30 max-sm:hidden',
  totalSamples: 'w-24 max-sm:hidden',
  name: '',
};

export function ColumnHeader({ column, title, sort, onSort }: ColumnHeaderProps) {
  const isSorted = sort.column === column;
  const isText = column === 'name';
  const direction = sort.descending ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      aria-sort={isSorted ? direction : 'none'}
      className={classNames(
        'sticky top-0 z-10 h-7 border-b border-hairline-strong bg-surface px-2 text-sm font-normal text-muted',
        isText ? 'text-left' : 'text-right',
        COLUMN_CLASSES[column],
      )}
    >
      <button
        type="button"
        onClick={() => onSort({ column, descending: isSorted ? !sort.descending : !isText })}
        className={classNames('inline-flex items-center gap-1 hover:text-text', isSorted && 'text-text')}
      >
        {isSorted && (sort.descending ? <ArrowDownIcon /> : <ArrowUpIcon />)}
        {title}
      </button>
    </th>
  );
}
