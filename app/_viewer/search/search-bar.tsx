'use client';

import { IconButton } from '../../_ui/button.tsx';
import { FilterField } from '../../_ui/filter-field.tsx';
import { ArrowDownIcon, ArrowUpIcon } from '../../_ui/icons.tsx';
import { type Subject, shareOf } from '../state/subject.ts';
import { Toggle } from '../state/toggle.tsx';
import { useMeasure } from '../state/use-measure.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { useViewerWords, type ViewerWords } from '../use-viewer-words.ts';
import type { Search } from './use-search.ts';

interface SearchBarProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly found: Search;
  change: ChangeState;
  onStep(by: 1 | -1): void;
}

/** One search for the picture and the table: it lights up the one and narrows the other. */
export function SearchBar({ subject, state, found, change, onStep }: SearchBarProps) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const { matches, trouble } = found;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      <FilterField
        label={viewer.search}
        value={state.search}
        onChange={(search) => change({ search })}
        className="w-64"
      />
      <Toggle
        isOn={state.searchIsPattern}
        title={viewer.pattern}
        onChange={(searchIsPattern) => change({ searchIsPattern })}
      >
        <span className="font-mono">.*</span>
      </Toggle>
      {matches && matches.rows.length > 0 && (
        <>
          <IconButton label={viewer.previousMatch} onClick={() => onStep(-1)}>
            <ArrowUpIcon />
          </IconButton>
          <IconButton label={viewer.nextMatch} onClick={() => onStep(1)}>
            <ArrowDownIcon />
          </IconButton>
        </>
      )}
      <p role="status" className="text-sm text-muted">
        {trouble && <span className="text-attention">{sentenceOf(trouble, viewer)}</span>}
        {matches &&
          viewer.matches(
            matches.functionCount,
            viewer.share(shareOf(subject, matches.value)),
            measure.words.ofAll,
          )}
      </p>
    </div>
  );
}

function sentenceOf(trouble: NonNullable<Search['trouble']>, words: ViewerWords): string {
  switch (trouble.kind) {
    case 'invalid':
      return words.invalidPattern(trouble.reason);
    case 'too-slow':
      return words.patternTooSlow;
    case 'failed':
      return words.patternFailed;
  }
}
