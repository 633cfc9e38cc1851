'use client';

import { classNames } from '../_ui/class-names.ts';
import { ArrowDownIcon, ArrowUpIcon } from '../_ui/icons.tsx';

interface ChangeColumnHeaderProps {
  readonly title: string;
  readonly className: string;
  readonly sorted?: 'ascending' | 'descending' | 'none';
  onSort?(): void;
}

/** A column that sorts, if it is told how. */
export function ChangeColumnHeader({ title, className, sorted, onSort }: ChangeColumnHeaderProps) {
  const isSorted = sorted === 'ascending' || sorted === 'descending';
  return (
    <th
      scope="col"
      aria-sort={sorted}
      className={classNames(
        'sticky top-0 z-10 h-7 border-b border-hairline-strong bg-surface px-2 text-sm font-normal text-muted',
        onSort && 'text-right',
        className,
      )}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={classNames('inline-flex items-center gap-1 hover:text-text', isSorted && 'text-text')}
        >
          {isSorted && (sorted === 'descending' ? <ArrowDownIcon /> : <ArrowUpIcon />)}
          {title}
        </button>
      ) : (
        title
      )}
    </th>
  );
}
