'use client';

import { useCallback, useMemo, useState } from 'react';
import { DifferenceLegend } from '../_viewer/flame/legend.tsx';
import { PicturePane } from '../_viewer/flame/picture-pane.tsx';
import { LabelFilter } from '../_viewer/labels/label-filter.tsx';
import type { OpenedProfile } from '../_viewer/loading/protocol.ts';
import type { Anchor } from '../_viewer/menu/place-floating.ts';
import { useSearch } from '../_viewer/search/use-search.ts';
import { useMoves } from '../_viewer/state/use-moves.ts';
import type { ChangeState } from '../_viewer/state/use-viewer-state.ts';
import type { ViewerState } from '../_viewer/state/viewer-state.ts';
import { CallMenu, type MenuTarget } from '../_viewer/transforms/call-menu.tsx';
import { TransformChips } from '../_viewer/transforms/transform-chips.tsx';
import { ChangeTable } from './change-table.tsx';
import { type Sides, sortedChanges } from './changes.ts';
import { changesOf } from './changes-of.ts';
import { CompareToolbar } from './compare-toolbar.tsx';
import type { ComparedView } from './loading/compare-protocol.ts';
import { mostChangedCall } from './most-changed-call.ts';
import type { CompareOptions } from './use-compare-options.ts';
import { useCompareWords } from './use-compare-words.ts';
import { useComparedSubject } from './use-compared-subject.ts';
import { useSideMoves } from './use-side-moves.ts';

interface ComparisonViewProps {
  readonly profile: OpenedProfile;
  readonly view: ComparedView;
  readonly state: ViewerState;
  readonly change: ChangeState;
  readonly options: CompareOptions;
  readonly names: Sides<string>;
}

interface OpenMenu {
  readonly target: MenuTarget;
  readonly findAnchor: () => Anchor;
}

const SIDES = ['before', 'after'] as const;
/** Boxes are coloured by row, and not by function. */
const NO_SHADES = new Uint8Array(0);

/** What changed, as a picture and as a list: one state, so that what is chosen in one is chosen in the other. */
export function ComparisonView({ profile, view, state, change, options, names }: ComparisonViewProps) {
  const words = useCompareWords();
  const { both, sides, rowShades } = useComparedSubject(profile, view);
  const found = useSearch(both, state);
  const { matches } = found;
  const moves = useMoves(both, state, change, matches);
  // The same call lies elsewhere on each side, and is as wide as it was there.
  const movesOf = {
    before: useSideMoves(sides.before, state, change, matches),
    after: useSideMoves(sides.after, state, change, matches),
  };
  const { tree } = view;
  const { part, order } = options;
  const changes = useMemo(() => changesOf(profile, view, part), [profile, view, part]);
  const root = tree.func[0];
  const all = useMemo(() => sortedChanges(changes, order, root), [changes, order, root]);
  const shown = useMemo(
    () => (matches === undefined ? all : all.filter((func) => matches.functions[func] === 1)),
    [all, matches],
  );
  const [menu, setMenu] = useState<OpenMenu>();
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const openMenu = (target: MenuTarget, anchor: Anchor) => setMenu({ target, findAnchor: () => anchor });
  const pane = {
    matches,
    rowShades,
    shades: NO_SHADES,
    scrolledLines: state.scrolledLines,
    rootBelow: state.rootBelow,
    changePicture: change,
    onMenu: (row: number, anchor: Anchor) => {
      moves.select(row);
      openMenu({ kind: 'call', tree, row, isInverted: false }, anchor);
    },
  };
  return (
    <div className="flex h-[max(42rem,calc(100dvh-var(--viewer-top)-1rem))] flex-col gap-1.5">
      <CompareToolbar {...{ subject: both, state, change, options, found }} onStep={moves.toMatch} />
      <LabelFilter {...{ subject: both, state, change }} />
      <TransformChips {...{ subject: both, state, change }} />
      {options.as === 'diff' ? (
        <PicturePane {...pane} moves={moves} subject={both} label={words.view.tree} className="max-h-[62%]" />
      ) : (
        <div className="flex max-h-[62%] min-h-0 gap-4">
          {SIDES.map((side) => (
            <section key={side} className="flex min-w-0 flex-1 flex-col">
              <h2 className="truncate text-sm">
                <span className="text-muted">{words[side]}</span> {names[side]}
              </h2>
              <PicturePane
                {...pane}
                moves={movesOf[side]}
                subject={sides[side]}
                label={words.view.treeOf(words[side], names[side])}
              />
            </section>
          ))}
        </div>
      )}
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-0.5">
        <DifferenceLegend />
        {options.as === 'diff' && <p className="text-sm text-muted">{words.view.width}</p>}
      </div>
      <ChangeTable
        {...{ changes, part, order, shown }}
        subject={both}
        scale={view.scale}
        all={all.length}
        selected={moves.selected === 0 ? undefined : tree.func[moves.selected]}
        onPart={options.setPart}
        onOrder={options.setOrder}
        onSelect={(func) => moves.select(mostChangedCall(tree, func))}
        onShow={(func) => moves.pick(mostChangedCall(tree, func))}
        onMenu={(func, anchor) => {
          moves.select(mostChangedCall(tree, func));
          openMenu({ kind: 'function', func }, anchor);
        }}
      />
      {menu && (
        <CallMenu {...{ subject: both, state, change }} {...menu} hasViews={false} onClose={closeMenu} />
      )}
    </div>
  );
}
