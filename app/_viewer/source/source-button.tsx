'use client';

import { createContext, useContext } from 'react';
import { useSourceWords } from './use-source-words.ts';

/** Whether the source is open, and how it is opened and closed; undefined where none can be. */
export const SourceToggle = createContext<
  { readonly isOpen: boolean; readonly toggle: () => void } | undefined
>(undefined);

/** Opens and closes the source of the chosen call. */
export function SourceButton() {
  const words = useSourceWords();
  const source = useContext(SourceToggle);
  if (source === undefined) return null;
  return (
    <button
      type="button"
      aria-pressed={source.isOpen}
      title={words.buttonTitle}
      onClick={source.toggle}
      className="h-5 shrink-0 rounded-sm border border-hairline-strong bg-raised px-1.5 text-sm hover:bg-hover aria-pressed:border-text"
    >
      {words.button} <kbd className="font-sans text-muted text-xs">s</kbd>
    </button>
  );
}
