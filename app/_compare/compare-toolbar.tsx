'use client';

import { SearchBar } from '../_viewer/search/search-bar.tsx';
import type { Search } from '../_viewer/search/use-search.ts';
import { ChoiceRow } from '../_viewer/state/choice-row.tsx';
import type { Subject } from '../_viewer/state/subject.ts';
import { Toggle } from '../_viewer/state/toggle.tsx';
import type { ChangeState } from '../_viewer/state/use-viewer-state.ts';
import { ValueSwitch } from '../_viewer/state/value-switch.tsx';
import { INITIAL_PICTURE, type ViewerState } from '../_viewer/state/viewer-state.ts';
import { isOnlyOwn, withOnlyOwn } from '../_viewer/transforms/transform-list.ts';
import { useViewerWords } from '../_viewer/use-viewer-words.ts';
import type { CompareOptions } from './use-compare-options.ts';
import { useCompareWords } from './use-compare-words.ts';

interface CompareToolbarProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly change: ChangeState;
  readonly options: CompareOptions;
  readonly found: Search;
  onStep(by: 1 | -1): void;
}

/** What is compared, how it is measured, and what is looked for in it. */
export function CompareToolbar({ subject, state, change, options, found, onStep }: CompareToolbarProps) {
  const { view: words } = useCompareWords();
  const viewer = useViewerWords();
  const { profile, view } = subject;
  const idle = viewer.value(profile.idleValue, profile.valueTypes[profile.defaultValueType]?.unit ?? '');
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5">
      <ChoiceRow
        label={words.as}
        choices={[
          { key: 'diff', text: words.diff },
          { key: 'sides', text: words.sides },
        ]}
        chosen={options.as}
        onChange={options.setAs}
      />
      <ChoiceRow
        label={words.scale}
        choices={[
          { key: 'shares', text: words.shares, title: words.sharesTitle },
          { key: 'amounts', text: words.amounts, title: words.amountsTitle },
        ]}
        chosen={options.scale}
        onChange={options.setScale}
      />
      <ValueSwitch
        valueTypes={profile.valueTypes}
        chosen={profile.valueTypes[view.valueType]}
        onChange={(valueType) => change({ valueType })}
      />
      <SearchBar {...{ subject, state, found, change, onStep }} />
      <div className="ml-auto flex gap-1.5">
        <Toggle
          isOn={isOnlyOwn(state.transforms)}
          title={viewer.transforms.onlyOwnTitle}
          onChange={(isOn) => change({ transforms: withOnlyOwn(state.transforms, isOn), ...INITIAL_PICTURE })}
        >
          {viewer.transforms.onlyOwn}
        </Toggle>
        {profile.idleValue > 0 && (
          <Toggle
            isOn={state.includeIdle}
            title={viewer.includeIdleTitle(idle)}
            onChange={(includeIdle) => change({ includeIdle })}
          >
            {viewer.includeIdle}
          </Toggle>
        )}
      </div>
    </div>
  );
}
