'use client';

import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { ChevronIcon } from './icons.tsx';

/** Opens a row and closes it; carries the row's name. */
export function OpenButton({
  isOpen,
  label,
  onToggle,
  children,
}: {
  isOpen: boolean;
  label: string;
  onToggle(): void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      title={label}
      onClick={onToggle}
      className="inline-flex max-w-full items-center gap-1.5 text-left align-middle font-medium hover:underline"
    >
      <span className={classNames('shrink-0 text-muted transition-transform', isOpen && 'rotate-90')}>
        <ChevronIcon />
      </span>
      <span className="min-w-0">{children}</span>
    </button>
  );
}
