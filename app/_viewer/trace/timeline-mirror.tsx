'use client';

import { type KeyboardEvent, useId, useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { printable } from '../flame/function-labels.ts';
import { STATES } from './lane-layout.ts';
import type { Item } from './trace-state.ts';
import { type TreeItem, treeItemsAround } from './tree-items.ts';
import { useItemWords } from './use-item-words.ts';
import { useTraceWords } from './use-trace-words.ts';

interface TimelineMirrorProps {
  readonly trace: Trace;
  readonly item: Item | undefined;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(isFocused: boolean): void;
}

/**
 * The timeline as a tree for screen readers, and what the keyboard holds on to: threads, their lines, and what is in the chosen
 * one. It lies over the picture without catching the pointer.
 */
export function TimelineMirror({ trace, item, onKeyDown, onFocus }: TimelineMirrorProps) {
  const { timeline: words } = useTraceWords();
  const { sentenceOf } = useItemWords(trace);
  const id = useId();
  const items = useMemo(() => treeItemsAround(trace.lanes, item), [trace, item]);
  const nameOf = ({ item: own, lane, line, level }: TreeItem): string => {
    if (own) return sentenceOf(own);
    if (level === 1) return printable(trace.lanes[lane]?.name ?? '');
    return line === STATES ? words.statesLine : words.line(line + 1);
  };
  const isActive = (own: Item | undefined) =>
    own !== undefined && own.lane === item?.lane && own.line === item.line && own.row === item.row;
  const keyOf = ({ lane, line, level, item: own }: TreeItem) =>
    `${id}${level}.${lane}.${line}.${own?.row ?? ''}`;
  const active = items.find(({ item: own }) => isActive(own)) ?? items[0];
  return (
    <div
      role="tree"
      tabIndex={0}
      aria-label={words.label}
      aria-describedby={`${id}hint`}
      aria-activedescendant={active && keyOf(active)}
      onKeyDown={onKeyDown}
      onFocus={() => onFocus(true)}
      onBlur={() => onFocus(false)}
      className="pointer-events-none absolute inset-0 overflow-hidden outline-none"
    >
      <p id={`${id}hint`} className="sr-only" role="none">
        {words.help}
      </p>
      {items.map((each) => (
        <div
          key={keyOf(each)}
          id={keyOf(each)}
          role="treeitem"
          tabIndex={-1}
          aria-level={each.level}
          aria-posinset={each.position}
          aria-setsize={each.siblings}
          aria-expanded={each.isExpanded}
          aria-selected={isActive(each.item)}
          aria-label={nameOf(each)}
          className="sr-only"
        />
      ))}
    </div>
  );
}
