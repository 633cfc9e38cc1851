'use client';

import { type KeyboardEvent, useEffect, useState } from 'react';
import { useWords } from '../_messages/words.tsx';
import { classNames } from './class-names.ts';
import { CrossIcon, SearchIcon } from './icons.tsx';

const SETTLED_MS = 120;

/** The field that narrows a list. `/` goes to it, Escape empties it and then leaves it. */
export function FilterField({
  label,
  value,
  onChange,
  className,
  errorId,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
  className?: string;
  /** Of what says that the text is not understood, where it is not. */
  errorId?: string;
}) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  // The address follows when typing settles; a change of the address from elsewhere is taken over.
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Escape') return;
    if (typed === '') event.currentTarget.blur();
    setTyped('');
  };
  return (
    <div
      className={classNames(
        'flex h-7 items-center gap-1.5 rounded-md border border-hairline-strong bg-raised px-2 focus-within:outline-2 focus-within:outline-accent',
        className,
      )}
    >
      <span className="text-muted">
        <SearchIcon />
      </span>
      <input
        data-filter-field=""
        aria-label={label}
        aria-keyshortcuts="/"
        aria-invalid={errorId === undefined ? undefined : true}
        aria-describedby={errorId}
        placeholder={label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
        className="w-full min-w-0 bg-transparent outline-none placeholder:text-muted"
      />
      {typed === '' ? (
        <kbd className="rounded-sm border border-hairline px-1 font-sans text-xs text-muted">/</kbd>
      ) : (
        <button
          type="button"
          aria-label={t.shell.clearFilter}
          onClick={() => setTyped('')}
          className="text-muted hover:text-text"
        >
          <CrossIcon />
        </button>
      )}
    </div>
  );
}
