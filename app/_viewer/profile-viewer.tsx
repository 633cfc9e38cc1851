'use client';

import './viewer.css';
import { type CSSProperties, useCallback, useRef } from 'react';
import { Button } from '../_ui/button.tsx';
import { EmptyState } from '../_ui/states.tsx';
import { LoadingFailed } from './loading/loading-failed.tsx';
import { LoadingProgress } from './loading/loading-progress.tsx';
import type { ProfileSource } from './loading/protocol.ts';
import { useProfile } from './loading/use-profile.ts';
import { OpenedProfileView } from './opened-profile.tsx';
import { useTop } from './state/use-top.ts';
import { useViewerState } from './state/use-viewer-state.ts';
import { useViewerWords } from './use-viewer-words.ts';

/**
 * Shows the CPU profile that `source` leads to. It takes the width it is given and most of the window's height. To
 * be loaded in the browser alone: what is shown first is read from the address.
 */
export function ProfileViewer({ source }: { source: ProfileSource }) {
  const viewer = useViewerWords();
  const [state, change] = useViewerState();
  const { loading, setIncludeIdle, retry } = useProfile(source, state.includeIdle);
  const onIncludeIdle = useCallback(
    (includeIdle: boolean) => {
      change({ includeIdle });
      setIncludeIdle(includeIdle);
    },
    [change, setIncludeIdle],
  );
  const section = useRef<HTMLElement>(null);
  const style: CSSProperties & Record<'--viewer-top', string> = { '--viewer-top': `${useTop(section)}px` };
  return (
    <section
      ref={section}
      style={style}
      aria-label={viewer.label}
      aria-busy={loading.state === 'loading'}
      className="flame-viewer flex flex-col px-4 py-2"
    >
      {loading.state === 'loading' && (
        <LoadingProgress source={source} receivedBytes={loading.receivedBytes} />
      )}
      {loading.state === 'failed' && (
        <LoadingFailed source={source} failure={loading.failure} retry={retry} />
      )}
      {loading.state === 'ready' &&
        (loading.view.tree.totalSamples[0] === 0 ? (
          <NothingToShow idleMicros={loading.profile.idleMicros} onShowIdle={() => onIncludeIdle(true)} />
        ) : (
          <OpenedProfileView
            profile={loading.profile}
            view={loading.view}
            state={state}
            change={change}
            onIncludeIdle={onIncludeIdle}
          />
        ))}
    </section>
  );
}

function NothingToShow({ idleMicros, onShowIdle }: { idleMicros: number; onShowIdle(): void }) {
  const viewer = useViewerWords();
  if (idleMicros === 0) return <EmptyState title={viewer.empty.title}>{viewer.empty.detail}</EmptyState>;
  return (
    <EmptyState title={viewer.empty.onlyIdle}>
      <p>{viewer.empty.onlyIdleDetail(viewer.milliseconds(idleMicros))}</p>
      <Button className="mt-3" onClick={onShowIdle}>
        {viewer.empty.showIdle}
      </Button>
    </EmptyState>
  );
}
