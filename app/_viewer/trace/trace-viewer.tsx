'use client';

import './trace.css';
import { type CSSProperties, useRef } from 'react';
import { LoadingFailed } from '../loading/loading-failed.tsx';
import { LoadingProgress } from '../loading/loading-progress.tsx';
import type { OneSource } from '../loading/protocol.ts';
import { useTop } from '../state/use-top.ts';
import type { CpuBeside } from './cpu-samples.tsx';
import { OpenedTrace } from './opened-trace.tsx';
import { useTrace } from './use-trace.ts';
import { useTraceWords } from './use-trace-words.ts';

/**
 * Shows what happened when in the threads of a process. To be loaded in the browser alone: what is shown first is read from the
 * address.
 */
export function TraceViewer({ source, beside }: { source: OneSource; beside: CpuBeside }) {
  const words = useTraceWords();
  const { loading, retry } = useTrace(source);
  const section = useRef<HTMLElement>(null);
  const style: CSSProperties & Record<'--viewer-top', string> = { '--viewer-top': `${useTop(section)}px` };
  return (
    <section
      ref={section}
      style={style}
      aria-label={words.label}
      aria-busy={loading.state === 'loading'}
      className="trace-viewer px-4 py-2 pb-10"
    >
      {loading.state === 'loading' && (
        <LoadingProgress source={source} receivedBytes={loading.receivedBytes} />
      )}
      {loading.state === 'failed' && (
        <LoadingFailed source={source} failure={loading.failure} retry={retry} />
      )}
      {loading.state === 'ready' && <OpenedTrace trace={loading.trace} source={source} beside={beside} />}
    </section>
  );
}
