'use client';

import { useCallback, useMemo, useState } from 'react';
import type { CallTree, IndexIntoCallTree } from '#profile/index.ts';
import { classNames } from '../_ui/class-names.ts';
import { isRoot } from './flame/function-labels.ts';
import { shadesOf } from './flame/function-shades.ts';
import { Legend } from './flame/legend.tsx';
import { PicturePane } from './flame/picture-pane.tsx';
import { CallMenu, fetchMenus, LabelFilter, Sandwich, TablePane, TimeView } from './lazy-parts.tsx';
import type { MergedView, OpenedProfile, ProfileSource } from './loading/protocol.ts';
import type { AskLines } from './loading/use-profile.ts';
import type { Anchor } from './menu/place-floating.ts';
import { useSearch } from './search/use-search.ts';
import { OriginalsNote } from './source/originals-note.tsx';
import { SourceBeside } from './source/source-beside.tsx';
import { useOriginals } from './source/use-originals.ts';
import { Toolbar } from './state/toolbar.tsx';
import { useMoves } from './state/use-moves.ts';
import { useSubject } from './state/use-subject.ts';
import type { ChangeState } from './state/use-viewer-state.ts';
import type { ViewerState } from './state/viewer-state.ts';
import { heaviestCall } from './table/sorted-rows.ts';
import { canDrawInWorker } from './time/can-draw-in-worker.ts';
import { stripKindsOf } from './time/strip-kinds.ts';
import { TimeOverview } from './time/time-overview.tsx';
import { useChartClient } from './time/use-chart-client.ts';
import { useTimeMoves } from './time/use-time-moves.ts';
import type { MenuTarget } from './transforms/call-menu.tsx';
import { TransformChips } from './transforms/transform-chips.tsx';
import { useViewerWords } from './use-viewer-words.ts';
import { WhenLoaded } from './when-loaded.tsx';

/**
 * All of it is in sight at once, with the page's head above it; a shallow picture takes no more than it needs, and where the
 * window is low the page scrolls. `--viewer-top` is where the viewer begins.
 */
const SHRINKING =
  'max-h-[max(28rem,calc(100dvh-var(--viewer-top)-1rem))] max-sm:max-h-[max(34rem,calc(100dvh-var(--viewer-top)-1rem))]';
const HEIGHTS = {
  flame: SHRINKING,
  callers: SHRINKING,
  sandwich: 'max-h-[max(36rem,calc(100dvh-var(--viewer-top)-1rem))]',
  time: 'max-h-[max(32rem,calc(100dvh-var(--viewer-top)-1rem))]',
  top: 'h-[max(28rem,calc(100dvh-var(--viewer-top)-1rem))]',
  both: 'h-[max(42rem,calc(100dvh-var(--viewer-top)-1rem))]',
} as const;

interface OpenedProfileProps {
  readonly source: ProfileSource;
  readonly profile: OpenedProfile;
  readonly view: MergedView;
  readonly state: ViewerState;
  readonly change: ChangeState;
  readonly askLines: AskLines;
  /** See `useProfile`. */
  connect(port: MessagePort): void;
  /** Of what was opened. */
  readonly fileName: string;
}

interface OpenMenu {
  readonly target: MenuTarget;
  readonly findAnchor: () => Anchor;
  /** Each has an element of its own. */
  readonly nth: number;
}

/** The viewer once the profile is there: one state, shown as picture, table and tree at the same time. */
export function OpenedProfileView(props: OpenedProfileProps) {
  const { source, profile, view, state, change, connect, askLines, fileName } = props;
  const { tree: treeWords } = useViewerWords();
  const originals = useOriginals(source, profile);
  const subject = useSubject(profile, view, state.isGenerated ? undefined : originals);
  const found = useSearch(subject, state);
  const { matches } = found;
  const moves = useMoves(subject, state, change, matches);
  const { totalMicros } = profile;
  const client = useChartClient(profile, connect);
  const timeMoves = useTimeMoves(client, totalMicros ?? 0, state, change);
  // A link can come from a profile that says more.
  const canShowTime = totalMicros !== undefined && canDrawInWorker();
  const shownView = state.view === 'time' && !canShowTime ? 'flame' : state.view;
  const shades = useMemo(() => shadesOf(subject.shown, state.colours), [subject.shown, state.colours]);
  const stripKinds = useMemo(
    () => stripKindsOf(subject.shown, state.colours),
    [subject.shown, state.colours],
  );
  const [menu, setMenu] = useState<OpenMenu>();
  const openMenu = useCallback(
    (target: MenuTarget, anchor: Anchor) =>
      setMenu((before) => ({ target, findAnchor: () => anchor, nth: (before?.nth ?? 0) + 1 })),
    [],
  );
  const openCallMenu = (tree: CallTree, row: IndexIntoCallTree, anchor: Anchor, isInverted: boolean) =>
    openMenu({ kind: 'call', tree, row, isInverted }, anchor);
  const { tree } = view;
  const showFunction = (func: number) => {
    moves.select(heaviestCall(subject, func));
    if (state.view === 'top') change({ view: 'flame' });
  };
  const picture = shownView === 'flame' || shownView === 'callers' || shownView === 'both';
  const chosen = tree.func[moves.selected] as number;
  const selected = isRoot(profile, chosen) ? undefined : chosen;
  const func = shownView === 'time' ? timeMoves.selected?.call.func : selected;
  // Most CPU profiles have none; a link can name one.
  const hasLabels = profile.facets.length > 0 || state.labels.length > 0 || state.groupedBy !== undefined;
  const parts = (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that somebody comes
    <div
      className={classNames('flex min-w-0 flex-col gap-1.5', HEIGHTS[shownView])}
      onPointerEnter={fetchMenus}
      onFocus={fetchMenus}
    >
      <Toolbar
        {...{ subject, state, change, found, shownView, fileName, shades }}
        range={moves.range}
        onStep={shownView === 'time' ? timeMoves.toMatch : moves.toMatch}
      />
      {hasLabels && (
        <WhenLoaded fallback={<div className="h-6 shrink-0" />}>
          <LabelFilter {...{ subject, state, change }} />
        </WhenLoaded>
      )}
      <TransformChips {...{ subject, state, change }} />
      {originals.functions && (
        <OriginalsNote
          originals={originals.functions}
          isGenerated={state.isGenerated}
          onChange={(isGenerated) => change({ isGenerated, sourceLine: undefined })}
        />
      )}
      {totalMicros !== undefined && (
        <TimeOverview
          client={client}
          totalMicros={totalMicros}
          time={state.time}
          kinds={stripKinds}
          isOverChart={shownView === 'time'}
          changeTime={timeMoves.changeTime}
        />
      )}
      {shownView === 'time' && client && totalMicros !== undefined && (
        <WhenLoaded>
          <TimeView
            {...{ client, subject, totalMicros, shades, state }}
            matched={matches?.functions}
            moves={timeMoves}
            onMenu={(func, anchor) => openMenu({ kind: 'function', func }, anchor)}
          />
          <Legend subject={subject} colours={state.colours} mergesNarrow={false} />
        </WhenLoaded>
      )}
      {picture && (
        <PicturePane
          {...{ subject, moves, shades, matches }}
          scrolledLines={state.scrolledLines}
          rootBelow={state.rootBelow}
          label={state.view === 'callers' ? treeWords.callers : treeWords.label}
          className={state.view === 'both' ? 'flex-[3]' : ''}
          changePicture={change}
          onMenu={(row, anchor) => {
            moves.select(row);
            openCallMenu(tree, row, anchor, state.view === 'callers');
          }}
        >
          <Legend subject={subject} colours={state.colours} />
        </PicturePane>
      )}
      {state.view === 'sandwich' && (
        <WhenLoaded>
          <Sandwich {...{ subject, state, change, matches, moves, shades }} onMenu={openCallMenu} />
        </WhenLoaded>
      )}
      {(state.view === 'top' || state.view === 'both') && (
        <WhenLoaded fallback={<div className="min-h-[10rem] flex-[2]" />}>
          <TablePane
            {...{ subject, state, change, matches }}
            selected={selected}
            className="min-h-[10rem] flex-[2]"
            onSelect={(func) => moves.select(heaviestCall(subject, func))}
            onShow={showFunction}
            onMenu={openMenu}
          />
        </WhenLoaded>
      )}
      {menu && (
        <WhenLoaded key={menu.nth}>
          <CallMenu
            {...{ subject, state, change }}
            target={menu.target}
            findAnchor={menu.findAnchor}
            // A press that asks for another menu closes this one, which is told only when the other is there.
            onClose={() => setMenu((now) => (now === menu ? undefined : now))}
          />
        </WhenLoaded>
      )}
    </div>
  );
  return <SourceBeside {...{ source, subject, func, askLines, state, change }}>{parts}</SourceBeside>;
}
