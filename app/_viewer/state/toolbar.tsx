'use client';

import { ExportMenu } from '../export/export-menu.tsx';
import type { ViewRange } from '../flame/view-range.ts';
import { SearchBar } from '../search/search-bar.tsx';
import type { Search } from '../search/use-search.ts';
import { canDrawInWorker } from '../time/can-draw-in-worker.ts';
import { useTimeWords } from '../time/use-time-words.ts';
import { isOnlyOwn, withOnlyOwn } from '../transforms/transform-list.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import type { Subject } from './subject.ts';
import { ThreadSwitch } from './thread-switch.tsx';
import { Toggle } from './toggle.tsx';
import type { ChangeState } from './use-viewer-state.ts';
import { ValueSwitch } from './value-switch.tsx';
import { ViewOptions } from './view-options.tsx';
import { ViewSwitch } from './view-switch.tsx';
import { INITIAL_PICTURE, type View, type ViewerState } from './viewer-state.ts';

interface ToolbarProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly change: ChangeState;
  readonly found: Search;
  /** The one that is shown, whatever the address says. */
  readonly shownView: View;
  readonly fileName: string;
  readonly range: ViewRange;
  readonly shades: Uint8Array;
  onStep(by: 1 | -1): void;
}

/** What is looked at and how, in a line where there is room for one. */
export function Toolbar(props: ToolbarProps) {
  const { subject, state, change, found, shownView, fileName, range, shades, onStep } = props;
  const { transforms } = useViewerWords();
  const words = useTimeWords();
  const { profile, view } = subject;
  const elsewhere = { ...INITIAL_PICTURE, callersPicture: INITIAL_PICTURE };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5">
      <ViewSwitch
        view={shownView}
        missing={
          profile.totalMicros === undefined
            ? { time: words.noTimeline }
            : canDrawInWorker()
              ? {}
              : { time: words.noCanvas }
        }
        onChange={(next) => change({ view: next, ...(isSameTree(state.view, next) ? {} : elsewhere) })}
      />
      <ThreadSwitch profile={profile} change={change} />
      <ValueSwitch
        valueTypes={profile.valueTypes}
        chosen={profile.valueTypes[view.valueType]}
        onChange={(valueType) => change({ valueType })}
      />
      <SearchBar {...{ subject, state, found, change, onStep }} />
      <div className="ml-auto flex gap-1.5">
        <Toggle
          isOn={isOnlyOwn(state.transforms)}
          title={transforms.onlyOwnTitle}
          onChange={(isOn) => change({ transforms: withOnlyOwn(state.transforms, isOn), ...elsewhere })}
        >
          {transforms.onlyOwn}
        </Toggle>
        <ViewOptions {...{ profile, state, change }} />
        <ExportMenu {...{ subject, state, fileName, range, shades }} />
      </div>
    </div>
  );
}

/** What one zoomed to and chose is found again in the other view. */
function isSameTree(one: View, other: View): boolean {
  return treeOf(one) === treeOf(other);
}

function treeOf(view: View): string {
  return view === 'top' || view === 'both' || view === 'time' ? 'flame' : view;
}
