'use client';

import { type ReactNode, Suspense, useCallback, useMemo } from 'react';
import { lazyPart } from '../../_ui/lazy-part.ts';
import type { ProfileSource } from '../loading/protocol.ts';
import type { AskLines } from '../loading/use-profile.ts';
import type { Subject } from '../state/subject.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { SourceToggle } from './source-button.tsx';
import { useSourceKey } from './use-source-key.ts';

/** Only those who look at source load what shows it. */
const SourcePanel = lazyPart(() => import('./source-panel.tsx'));

interface SourceBesideProps {
  readonly source: ProfileSource;
  readonly subject: Subject;
  /** The function of the chosen call. */
  readonly func: number | undefined;
  readonly askLines: AskLines;
  readonly state: ViewerState;
  readonly change: ChangeState;
  /** What the source stands beside, or below where the window is narrow. */
  readonly children: ReactNode;
}

export function SourceBeside({ state, change, children, ...shown }: SourceBesideProps) {
  const { isSourceOpen, sourceLine } = state;
  const toggle = useCallback(
    () => change({ isSourceOpen: !isSourceOpen, sourceLine: undefined }),
    [change, isSourceOpen],
  );
  const onScroll = useCallback((line: number) => change({ sourceLine: line }), [change]);
  useSourceKey(toggle);
  const context = useMemo(() => ({ isOpen: isSourceOpen, toggle }), [isSourceOpen, toggle]);
  return (
    <SourceToggle value={context}>
      {/* The same element either way: what stands in it is not made anew because source was opened. */}
      <div
        className={
          isSourceOpen
            ? 'grid min-h-0 gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,28rem)] xl:grid-cols-[minmax(0,1fr)_minmax(0,42rem)]'
            : 'contents'
        }
      >
        {children}
        {isSourceOpen && (
          <div className="grid h-[max(28rem,calc(100dvh-var(--viewer-top)-1rem))] min-w-0 max-lg:h-[24rem]">
            <Suspense>
              <SourcePanel {...shown} scrolledTo={sourceLine} onScroll={onScroll} onClose={toggle} />
            </Suspense>
          </div>
        )}
      </div>
    </SourceToggle>
  );
}
