'use client';

import { IconButton } from '../../_ui/button.tsx';
import { FilterField } from '../../_ui/filter-field.tsx';
import { ArrowDownIcon, ArrowUpIcon } from '../../_ui/icons.tsx';
import { Toggle } from '../state/toggle.tsx';
import { useViewerWords } from '../use-viewer-words.ts';
import type { TraceState } from './trace-state.ts';
import type { TraceSearch } from './use-trace-search.ts';
import type { ChangeTrace } from './use-trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

interface TraceSearchBarProps {
  readonly state: TraceState;
  readonly found: TraceSearch;
  readonly change: ChangeTrace;
  onStep(by: 1 | -1): void;
}

/** One search for the picture and the tables: it lights up the one and narrows the others. */
export function TraceSearchBar({ state, found, change, onStep }: TraceSearchBarProps) {
  const viewer = useViewerWords();
  const { search: words } = useTraceWords();
  const { matches, trouble } = found;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      <FilterField
        label={words.label}
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
      {matches && matches.count > 0 && (
        <>
          <IconButton label={viewer.previousMatch} onClick={() => onStep(-1)}>
            <ArrowUpIcon />
          </IconButton>
          <IconButton label={viewer.nextMatch} onClick={() => onStep(1)}>
            <ArrowDownIcon />
          </IconButton>
        </>
      )}
      <p role="status" className="figures text-sm text-muted">
        {trouble && (
          <span className="text-attention">
            {trouble.kind === 'invalid'
              ? viewer.invalidPattern(trouble.reason)
              : trouble.kind === 'too-slow'
                ? viewer.patternTooSlow
                : viewer.patternFailed}
          </span>
        )}
        {matches && words.matches(matches.count, matches.position)}
      </p>
    </div>
  );
}
