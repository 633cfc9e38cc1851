import { useCallback, useEffect, useState } from 'react';
import type { Trace } from '#profile/index.ts';
import type { LoadFailure, OneSource } from '../loading/protocol.ts';
import type { TraceReport } from './trace-worker.ts';

type Loading =
  | { readonly state: 'loading'; readonly receivedBytes: number }
  | { readonly state: 'failed'; readonly failure: LoadFailure }
  | { readonly state: 'ready'; readonly trace: Trace };

/** Has the file read in a worker of its own, which ends with the component. */
export function useTrace(source: OneSource): { loading: Loading; retry(): void } {
  const [loading, setLoading] = useState<Loading>({ state: 'loading', receivedBytes: 0 });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts over with the same source
  useEffect(() => {
    const worker = new Worker(new URL('./trace-worker.ts', import.meta.url), { type: 'module' });
    setLoading({ state: 'loading', receivedBytes: 0 });
    worker.addEventListener('message', (event: MessageEvent<TraceReport>) =>
      setLoading(toLoading(event.data)),
    );
    // Out of memory ends here as well.
    worker.addEventListener('error', () => setLoading({ state: 'failed', failure: { kind: 'crashed' } }));
    worker.postMessage(source);
    return () => worker.terminate();
  }, [source, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { loading, retry };
}

function toLoading(report: TraceReport): Loading {
  switch (report.type) {
    case 'progress':
      return { state: 'loading', receivedBytes: report.receivedBytes };
    case 'failed':
      return { state: 'failed', failure: report.failure };
    case 'opened':
      return { state: 'ready', trace: report.trace };
  }
}
