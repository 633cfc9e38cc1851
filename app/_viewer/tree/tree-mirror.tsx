'use client';

import { type KeyboardEvent, useId, useMemo } from 'react';
import type { IndexIntoCallTree } from '#profile/index.ts';
import { isRoot } from '../flame/function-labels.ts';
import { type Subject, shareOf } from '../state/subject.ts';
import { useDifferenceText } from '../state/use-difference-text.ts';
import { useMeasure } from '../state/use-measure.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { itemsAround } from './visible-items.ts';

interface TreeMirrorProps {
  readonly subject: Subject;
  readonly label: string;
  readonly selected: IndexIntoCallTree;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(isFocused: boolean): void;
}

/**
 * The picture as a tree for screen readers, and what the keyboard holds on to. It lies over the canvas without catching
 * the pointer; the chosen call is its active item, so moving in one is moving in the other.
 */
export function TreeMirror({ subject, label, selected, onKeyDown, onFocus }: TreeMirrorProps) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const { difference } = subject;
  const differing = useDifferenceText(subject, difference?.scale ?? 'amounts');
  const id = useId();
  const { tree } = subject.view;
  const items = useMemo(() => itemsAround(tree, selected), [tree, selected]);
  const nameOf = (row: IndexIntoCallTree): string => {
    if (difference) {
      const { before, after } = difference.total;
      const [from, to] = [before[row] as number, after[row] as number];
      const name = row === 0 ? viewer.everything : subject.label(tree.func[row] as number);
      const place = row === 0 ? '' : subject.place(tree.func[row] as number);
      const change = differing.change(to - from);
      return viewer.difference.item(name, differing.value(from), differing.value(to), change, place);
    }
    const total = viewer.share(shareOf(subject, tree.total[row] as number));
    const func = tree.func[row] as number;
    if (isRoot(subject.profile, func)) return viewer.tree.root(measure.value(tree.total[0] as number));
    if (tree.goesOn !== undefined) return viewer.tree.caller(subject.label(func), total, subject.place(func));
    const self = viewer.share(shareOf(subject, tree.self[row] as number));
    return viewer.tree.item(subject.label(func), total, self, subject.place(func));
  };
  return (
    <div
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-describedby={`${id}hint`}
      aria-activedescendant={`${id}${selected}`}
      onKeyDown={onKeyDown}
      onFocus={() => onFocus(true)}
      onBlur={() => onFocus(false)}
      className="pointer-events-none absolute inset-0 overflow-hidden outline-none"
    >
      <p id={`${id}hint`} className="sr-only" role="none">
        {viewer.tree.hint}
      </p>
      {items.map((item) => (
        <div
          key={item.row}
          id={`${id}${item.row}`}
          role="treeitem"
          tabIndex={-1}
          aria-level={item.level}
          aria-posinset={item.position}
          aria-setsize={item.siblings}
          aria-expanded={item.isExpanded}
          aria-selected={item.row === selected}
          aria-label={nameOf(item.row)}
          className="sr-only"
        />
      ))}
    </div>
  );
}
