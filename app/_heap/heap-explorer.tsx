'use client';

import './heap.css';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, type ReactNode, useRef } from 'react';
import type { HeapObjectDetail, LeakSuspect } from '#profile/heap/query/heap-query.ts';
import { classNames } from '../_ui/class-names.ts';
import { Skeleton } from '../_ui/states.tsx';
import { useTop } from '../_viewer/state/use-top.ts';
import { Awaited } from './awaited.tsx';
import type { Explored } from './explored.ts';
import { HeapHead } from './heap-head.tsx';
import { NotAnswered } from './not-answered.tsx';
import { OpeningView } from './opening-view.tsx';
import { ObjectPanel } from './panel/object-panel.tsx';
import { heapQuery } from './source/heap-query-options.ts';
import type { HeapOpening, HeapSource } from './source/heap-source.ts';
import { toView } from './state/heap-moves.ts';
import type { HeapState, HeapView } from './state/heap-state.ts';
import type { ChangeHeapState } from './state/use-heap-state.ts';
import { useHeapWords } from './use-heap-words.ts';
import { HeapViewSwitch } from './view-switch.tsx';
import { ClassesView } from './views/classes-view.tsx';
import { type ComparedWith, CompareView } from './views/compare-view.tsx';
import { DominatorsView } from './views/dominators-view.tsx';
import { HoldersView } from './views/holders-view.tsx';
import { SearchView } from './views/search-view.tsx';
import { StringsView } from './views/strings-view.tsx';
import { SuspectsView } from './views/suspects-view.tsx';

/** From here on a suspicion is worth to be read before anything else: a tenth of the heap in one table, or less where it is telling. */
const LIKELY = 0.25;

interface HeapExplorerProps {
  readonly opening: HeapOpening;
  /** It is a file of the reader's own. */
  readonly isFile: boolean;
  readonly state: HeapState;
  readonly change: ChangeHeapState;
  readonly compared: ComparedWith;
  /** What can be said of an object from elsewhere. */
  readonly beside?: (detail: HeapObjectDetail) => ReactNode;
}

/**
 * A heap snapshot: what fills the memory, and who holds it. It takes the width it is given and most of the window's height. To
 * be loaded in the browser alone: what is shown first is read from the address.
 */
export function HeapExplorer({ opening, isFile, ...rest }: HeapExplorerProps) {
  const { label } = useHeapWords();
  const section = useRef<HTMLElement>(null);
  const style: CSSProperties & Record<'--viewer-top', string> = { '--viewer-top': `${useTop(section)}px` };
  return (
    <section
      ref={section}
      style={style}
      aria-label={label}
      aria-busy={opening.state === 'opening'}
      className="heap-explorer px-4 py-2"
    >
      {opening.state === 'ready' ? (
        <Opened source={opening.source} {...rest} />
      ) : (
        <OpeningView opening={opening} of={isFile ? 'file' : 'capture'} />
      )}
    </section>
  );
}

type OpenedProps = Omit<HeapExplorerProps, 'opening' | 'isFile'> & { readonly source: HeapSource };

function Opened(props: OpenedProps) {
  const words = useHeapWords();
  const asked = {
    summary: heapQuery(props.source, { ask: 'summary' }),
    suspects: heapQuery(props.source, { ask: 'suspects' }),
  };
  const summary = useQuery(asked.summary);
  const suspects = useQuery(asked.suspects);
  if (summary.error) return <NotAnswered error={summary.error} />;
  // Which view comes first depends on whether something is suspect; a link that names one need not wait, nor who cancels that.
  const isFirstKnown =
    props.state.view !== undefined || !suspects.isPending || suspects.fetchStatus === 'idle';
  if (summary.data === undefined || !isFirstKnown) {
    const first = summary.data === undefined ? 'summary' : 'suspects';
    return (
      <Awaited
        key={first}
        queryKey={asked[first].queryKey}
        isAsked={{ summary, suspects }[first].fetchStatus !== 'idle'}
        doing={words.asking[first]}
        onRetry={() => void summary.refetch()}
      >
        <Skeleton className="h-[60vh] w-full" />
      </Awaited>
    );
  }
  return (
    <Explorer
      {...props}
      summary={summary.data}
      suspects={suspects.data?.suspects}
      suspectsInstead={
        suspects.error ? (
          <NotAnswered error={suspects.error} />
        ) : (
          <Awaited
            queryKey={asked.suspects.queryKey}
            isAsked={suspects.fetchStatus !== 'idle'}
            doing={words.asking.suspects}
            onRetry={() => void suspects.refetch()}
          >
            <Skeleton className="h-40 w-full" />
          </Awaited>
        )
      }
    />
  );
}

function Explorer(props: OpenedProps & Explored & Suspected) {
  const { suspects, state, change } = props;
  const view = state.view ?? (suspects?.some(({ score }) => score >= LIKELY) ? 'suspects' : 'classes');
  return (
    <div
      className={classNames(
        'flex flex-col gap-2',
        // A comparison has two lists below each other.
        view === 'compare'
          ? 'lg:h-[max(42rem,calc(100dvh-var(--viewer-top)-1rem))]'
          : 'lg:h-[max(35rem,calc(100dvh-var(--viewer-top)-1rem))]',
      )}
    >
      <HeapHead summary={props.summary} />
      <HeapViewSwitch view={view} onChange={(next) => change(toView(next))} />
      <div className="grid min-h-0 flex-1 gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)] xl:grid-cols-[minmax(0,1fr)_minmax(0,34rem)]">
        <div className="flex min-h-0 min-w-0 flex-col gap-1.5 max-lg:h-[max(24rem,60dvh)]">
          <View {...props} view={view} suspects={suspects} />
        </div>
        <div className="grid min-h-0 min-w-0 border-hairline max-lg:h-[28rem] max-lg:border-t max-lg:pt-2 lg:border-l lg:pl-4">
          <ObjectPanel {...props} />
        </div>
      </div>
    </div>
  );
}

interface Suspected {
  /** Undefined until they are known. */
  readonly suspects: readonly LeakSuspect[] | undefined;
  /** What is shown until then. */
  readonly suspectsInstead: ReactNode;
}

type ViewProps = OpenedProps & Explored & Suspected & { readonly view: HeapView };

function View({ view, suspects, suspectsInstead, compared, ...explored }: ViewProps) {
  switch (view) {
    case 'suspects':
      return suspects === undefined ? suspectsInstead : <SuspectsView {...explored} suspects={suspects} />;
    case 'classes':
      return <ClassesView {...explored} />;
    case 'dominators':
      return <DominatorsView {...explored} />;
    case 'holders':
      return <HoldersView {...explored} />;
    case 'strings':
      return <StringsView {...explored} />;
    case 'search':
      return <SearchView {...explored} />;
    case 'compare':
      return <CompareView {...explored} compared={compared} />;
  }
}
