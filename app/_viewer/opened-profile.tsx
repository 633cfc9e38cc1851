'use client';

import { useCallback, useMemo, useState } from 'react';
import { classNames } from '../_ui/class-names.ts';
import { Breadcrumbs } from './flame/breadcrumbs.tsx';
import { DetailsLine } from './flame/details-line.tsx';
import { FlameGraph, type PointedAt } from './flame/flame-graph.tsx';
import { Legend } from './flame/legend.tsx';
import type { Picture } from './flame/painter.ts';
import { shadesOf } from './flame/palette.ts';
import { Tooltip } from './flame/tooltip.tsx';
import { LabelFilter } from './labels/label-filter.tsx';
import type { MergedView, OpenedProfile } from './loading/protocol.ts';
import { SearchBar } from './search/search-bar.tsx';
import { useSearch } from './search/use-search.ts';
import { ThreadSwitch } from './state/thread-switch.tsx';
import { Toggle } from './state/toggle.tsx';
import { useMoves } from './state/use-moves.ts';
import { useSubject } from './state/use-subject.ts';
import type { ChangeState } from './state/use-viewer-state.ts';
import { ValueSwitch } from './state/value-switch.tsx';
import { ViewSwitch } from './state/view-switch.tsx';
import { isWhole, type ViewerState } from './state/viewer-state.ts';
import { FunctionTable } from './table/function-table.tsx';
import { TreeMirror } from './tree/tree-mirror.tsx';
import { useViewerWords } from './use-viewer-words.ts';

/**
 * All of it is in sight at once, with the page's head above it; a shallow picture takes no more than it needs, and where the
 * window is low the page scrolls. `--viewer-top` is where the viewer begins.
 */
const HEIGHTS = {
  flame:
    'max-h-[max(28rem,calc(100dvh-var(--viewer-top)-1rem))] max-sm:max-h-[max(34rem,calc(100dvh-var(--viewer-top)-1rem))]',
  top: 'h-[max(28rem,calc(100dvh-var(--viewer-top)-1rem))]',
  both: 'h-[max(42rem,calc(100dvh-var(--viewer-top)-1rem))]',
} as const;

interface OpenedProfileProps {
  readonly profile: OpenedProfile;
  readonly view: MergedView;
  readonly state: ViewerState;
  readonly change: ChangeState;
}

/** The viewer once the profile is there: one state, shown as picture, table and tree at the same time. */
export function OpenedProfileView({ profile, view, state, change }: OpenedProfileProps) {
  const subject = useSubject(profile, view);
  const found = useSearch(subject, state);
  const { matches } = found;
  const moves = useMoves(subject, state, change, matches);
  const [pointedAt, setPointedAt] = useState<PointedAt>();
  const [isFocused, setFocused] = useState(false);
  const { selected, zoomedTo, range } = moves;
  const { tree, layout } = view;
  const shades = useMemo(() => shadesOf(profile), [profile]);
  const { rootBelow } = state;
  const matched = matches?.functions;
  const picture = useMemo<Picture>(
    () => ({ tree, layout, shades, label: subject.label, place: subject.place, range, rootBelow, matched }),
    [tree, layout, shades, subject, range, rootBelow, matched],
  );
  const onScroll = useCallback(
    (lines: number) => change({ scrolledLines: Math.round(lines * 100) / 100 }),
    [change],
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
    <div className={classNames('flex flex-col gap-1.5', HEIGHTS[state.view])}>
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5">
        <ViewSwitch view={state.view} onChange={(next) => change({ view: next })} />
        <ThreadSwitch profile={profile} change={change} />
        <ValueSwitch
          valueTypes={profile.valueTypes}
          chosen={profile.valueTypes[view.valueType]}
          onChange={(valueType) => change({ valueType })}
        />
        <SearchBar {...{ subject, state, found, change }} onStep={moves.toMatch} />
        <div className="ml-auto flex gap-1.5">
          <ViewToggles {...{ profile, state, change }} />
        </div>
      </div>
      <LabelFilter {...{ subject, state, change }} />
      {state.view !== 'top' && (
        <section className={classNames('flex min-h-0 flex-col gap-1', state.view === 'both' && 'flex-[3]')}>
          <div className="flex h-6 shrink-0 items-center gap-2">
            <Breadcrumbs subject={subject} zoomedTo={zoomedTo} onZoom={moves.zoomTo} />
            {!isWhole(range) && <ResetZoom onClick={() => moves.zoomTo(0)} />}
          </div>
          <FlameGraph
            picture={picture}
            selected={selected}
            isFocused={isFocused}
            scrolledLines={state.scrolledLines}
            pointedAt={pointed}
            onPoint={onPoint}
            onPick={moves.pick}
            onRange={moves.toRange}
            onScroll={onScroll}
          >
            <TreeMirror
              subject={subject}
              selected={selected}
              onKeyDown={moves.onKeyDown}
              onFocus={setFocused}
            />
          </FlameGraph>
          <DetailsLine subject={subject} row={pointed?.row ?? selected} />
          <Legend subject={subject} />
          {pointed && <Tooltip subject={subject} at={pointed} />}
        </section>
      )}
      {state.view !== 'flame' && (
        <section className="flex min-h-[10rem] flex-[2] flex-col">
          <FunctionTable
            subject={subject}
            matches={matches}
            sort={state.sort}
            selected={selected === 0 ? undefined : tree.func[selected]}
            onSort={(sort) => change({ sort })}
            onSelect={moves.selectFunction}
            onShow={moves.showFunction}
          />
        </section>
      )}
    </div>
  );
}

function ViewToggles({ profile, state, change }: Pick<OpenedProfileProps, 'profile' | 'state' | 'change'>) {
  const viewer = useViewerWords();
  const idle = viewer.value(profile.idleValue, profile.valueTypes[profile.defaultValueType]?.unit ?? '');
  return (
    <>
      {profile.idleValue > 0 && (
        <Toggle
          isOn={state.includeIdle}
          title={viewer.includeIdleTitle(idle)}
          onChange={(includeIdle) => change({ includeIdle })}
        >
          {viewer.includeIdle}
        </Toggle>
      )}
      {state.view !== 'top' && (
        <Toggle
          isOn={state.rootBelow}
          title={viewer.rootBelowTitle}
          onChange={(rootBelow) => change({ rootBelow, scrolledLines: 0 })}
        >
          {viewer.rootBelow}
        </Toggle>
      )}
    </>
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
