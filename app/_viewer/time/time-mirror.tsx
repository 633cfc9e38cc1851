'use client';

import { type KeyboardEvent, useId } from 'react';
import type { Subject } from '../state/subject.ts';
import type { CallSpan, CallWithCallers } from './protocol.ts';
import { useTimeWords } from './use-time-words.ts';

interface TimeMirrorProps {
  readonly subject: Subject;
  readonly totalMicros: number;
  readonly selected: CallWithCallers | undefined;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(isFocused: boolean): void;
}

/**
 * The chart as a tree for screen readers, and what the keyboard holds on to: the call selected with its callers. There may
 * be sixty million others; each is a step away.
 */
export function TimeMirror({ subject, totalMicros, selected, onKeyDown, onFocus }: TimeMirrorProps) {
  const words = useTimeWords();
  const id = useId();
  const path = selected?.path ?? [];
  const idOf = ({ sample, depth }: CallSpan) => `${id}${sample}-${depth}`;
  return (
    <div
      role="tree"
      tabIndex={0}
      aria-label={words.label}
      aria-describedby={`${id}hint`}
      aria-activedescendant={selected === undefined ? `${id}whole` : idOf(selected.call)}
      onKeyDown={onKeyDown}
      onFocus={() => onFocus(true)}
      onBlur={() => onFocus(false)}
      className="pointer-events-none absolute inset-0 overflow-hidden outline-none"
    >
      <p id={`${id}hint`} className="sr-only" role="none">
        {words.tree.hint}
      </p>
      <div
        id={`${id}whole`}
        role="treeitem"
        tabIndex={-1}
        aria-level={1}
        aria-expanded={true}
        aria-selected={selected === undefined}
        aria-label={words.tree.whole(words.time(totalMicros))}
        className="sr-only"
      />
      {path.map((span) => (
        <div
          key={span.depth}
          id={idOf(span)}
          role="treeitem"
          tabIndex={-1}
          aria-level={span.depth + 1}
          aria-selected={span.depth === selected?.call.depth}
          aria-label={words.tree.item(
            subject.label(span.func),
            words.point(span.startMicros, Math.max(span.endMicros - span.startMicros, 100)),
            words.time(span.endMicros - span.startMicros),
            subject.place(span.func),
          )}
          className="sr-only"
        />
      ))}
    </div>
  );
}
