'use client';

import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { IndexIntoCallTree } from '#profile/index.ts';
import { classNames } from '../../_ui/class-names.ts';
import type { Anchor } from '../menu/place-floating.ts';
import type { Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import type { Moves } from '../state/use-moves.ts';
import { isWhole, type PictureState } from '../state/viewer-state.ts';
import { TreeMirror } from '../tree/tree-mirror.tsx';
import { useViewerWords } from '../use-viewer-words.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { DetailsLine } from './details-line.tsx';
import { FlameGraph, type PointedAt } from './flame-graph.tsx';
import { isRoot } from './function-labels.ts';
import { Minimap } from './minimap.tsx';
import type { Picture } from './painter.ts';
import { Tooltip } from './tooltip.tsx';

interface PicturePaneProps {
  readonly subject: Subject;
  readonly moves: Moves;
  readonly scrolledLines: number;
  readonly rootBelow: boolean;
  readonly shades: Uint8Array;
  /** By row, where calls of one function have different ones. */
  readonly rowShades?: Uint8Array | undefined;
  readonly matches: Matches | undefined;
  /** What the tree that mirrors the picture is called. */
  readonly label: string;
  /** What all of it is called; by default its root. */
  readonly wholeName?: string;
  /** What its root is stands elsewhere already. */
  readonly rootIsKnown?: boolean;
  readonly className?: string;
  changePicture(change: Partial<PictureState>): void;
  onMenu(row: IndexIntoCallTree, anchor: Anchor): void;
  /** Below the picture. */
  readonly children?: ReactNode;
}

/** A picture with the way out of its zoom above it, and what is pointed at below. */
export function PicturePane(props: PicturePaneProps) {
  const { subject, moves, rootBelow, shades, rowShades, matches, changePicture, onMenu } = props;
  const [pointedAt, setPointedAt] = useState<PointedAt>();
  const [isFocused, setFocused] = useState(false);
  const { selected, zoomedTo, range } = moves;
  const { tree, layout } = subject.view;
  const matched = matches?.functions;
  const picture = useMemo<Picture>(
    () => ({
      tree,
      layout,
      shades,
      rowShades,
      label: subject.label,
      place: subject.place,
      range,
      rootBelow,
      matched,
    }),
    [tree, layout, shades, rowShades, subject, range, rootBelow, matched],
  );
  const onScroll = useCallback(
    (lines: number) => changePicture({ scrolledLines: Math.round(lines * 100) / 100 }),
    [changePicture],
  );
  // Once the picture or the choice has changed, something else is under the pointer.
  const [pointedIn, setPointedIn] = useState<{ picture: Picture; selected: number }>();
  const isStale = pointedIn?.picture !== picture || pointedIn.selected !== selected;
  const pointed = isStale ? undefined : pointedAt;
  const onPoint = useCallback(
    (at: PointedAt | undefined) => {
      setPointedAt(at);
      setPointedIn({ picture, selected });
    },
    [picture, selected],
  );
  return (
    <section className={classNames('flex min-h-0 flex-col gap-1', props.className)}>
      <div className="flex h-6 shrink-0 items-center gap-2">
        <Breadcrumbs
          subject={subject}
          zoomedTo={zoomedTo}
          wholeName={props.wholeName}
          onZoom={moves.zoomTo}
        />
        {!isWhole(range) && <ResetZoom onClick={() => moves.zoomTo(0)} />}
      </div>
      {!isWhole(range) && <Minimap picture={picture} onRange={moves.toRange} />}
      <FlameGraph
        picture={picture}
        selected={selected}
        isFocused={isFocused}
        scrolledLines={props.scrolledLines}
        pointedAt={pointed}
        onPoint={onPoint}
        onPick={moves.pick}
        onRange={moves.toRange}
        onScroll={onScroll}
        onMenu={onMenu}
        canAct={(row) => !isRoot(subject.profile, tree.func[row] as number)}
      >
        <TreeMirror
          subject={subject}
          label={props.label}
          selected={selected}
          onKeyDown={(event) => moves.onKeyDown(event, rootBelow)}
          onFocus={setFocused}
        />
      </FlameGraph>
      <DetailsLine
        subject={subject}
        row={pointed?.row ?? selected}
        selected={selected}
        rootIsKnown={props.rootIsKnown}
        onMenu={(anchor) => onMenu(selected, anchor)}
      />
      {props.children}
      {pointed && <Tooltip subject={subject} at={pointed} />}
    </section>
  );
}

function ResetZoom({ onClick }: { onClick(): void }) {
  const viewer = useViewerWords();
  return (
    <button
      type="button"
      onClick={onClick}
      className="ml-auto shrink-0 rounded-sm px-1.5 text-sm text-muted hover:bg-hover"
    >
      {viewer.resetZoom} <kbd className="rounded-sm border border-hairline px-1 font-sans text-xs">Esc</kbd>
    </button>
  );
}
