import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  LoadFailure,
  MergedView,
  OpenedProfile,
  ProfileSource,
  WorkerReport,
  WorkerRequest,
} from './protocol.ts';

type Loading =
  | { readonly state: 'loading'; readonly receivedBytes: number }
  | { readonly state: 'failed'; readonly failure: LoadFailure }
  | { readonly state: 'ready'; readonly profile: OpenedProfile; readonly view: MergedView };

export interface ProfileLoader {
  readonly loading: Loading;
  /** Puts the view together anew with or without idle time; what is shown stays until it is there. */
  setIncludeIdle(includeIdle: boolean): void;
  retry(): void;
}

/** Opens the artifact in a worker of its own, which ends with the component: fetching, reading and all. */
export function useProfile(source: ProfileSource, initiallyIncludeIdle: boolean): ProfileLoader {
  const [loading, setLoading] = useState<Loading>({ state: 'loading', receivedBytes: 0 });
  const [attempt, setAttempt] = useState(0);
  const worker = useRef<Worker>(undefined);
  const includeIdle = useRef(initiallyIncludeIdle);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts over with the same address
  useEffect(() => {
    const started = new Worker(new URL('./profile-worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    setLoading({ state: 'loading', receivedBytes: 0 });
    started.addEventListener('message', (event: MessageEvent<WorkerReport>) => {
      setLoading((before) => afterReport(before, event.data));
    });
    // Out of memory ends here as well.
    started.addEventListener('error', () => setLoading({ state: 'failed', failure: { kind: 'crashed' } }));
    send(started, { type: 'open', artifactUrl: source.artifactUrl, includeIdle: includeIdle.current });
    return () => started.terminate();
  }, [source.artifactUrl, attempt]);

  const setIncludeIdle = useCallback((next: boolean) => {
    includeIdle.current = next;
    if (worker.current) send(worker.current, { type: 'merge', includeIdle: next });
  }, []);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { loading, setIncludeIdle, retry };
}

function send(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request);
}

function afterReport(before: Loading, report: WorkerReport): Loading {
  switch (report.type) {
    case 'progress':
      return { state: 'loading', receivedBytes: report.receivedBytes };
    case 'failed':
      return { state: 'failed', failure: report.failure };
    case 'opened':
      return { state: 'ready', profile: report.profile, view: report.view };
    case 'merged':
      return before.state === 'ready' ? { ...before, view: report.view } : before;
  }
}
