import { useCallback, useEffect, useRef, useState } from 'react';
import { isOfMissingCode } from './load-code.ts';
import type {
  FileLines,
  LoadFailure,
  MergedView,
  OpenedProfile,
  PartProgress,
  ProfileSource,
  ViewChoice,
  WorkerReport,
  WorkerRequest,
} from './protocol.ts';

type Loading =
  | {
      readonly state: 'loading';
      readonly receivedBytes: number;
      /** Of several; empty while none has begun. */
      readonly parts: readonly PartProgress[];
    }
  | { readonly state: 'failed'; readonly failure: LoadFailure }
  | { readonly state: 'ready'; readonly profile: OpenedProfile; readonly view: MergedView };

const LOADING = { state: 'loading', receivedBytes: 0, parts: [] } as const satisfies Loading;

export interface ProfileLoader {
  readonly loading: Loading;
  /** Has the time-ordered chart of the profile that is shown served at a port; see `ChartClient`. */
  connect(port: MessagePort): void;
  retry(): void;
  /** What functions took by line, as the choice stands: all of those marked with 1 together, and one of them. */
  readonly askLines: AskLines;
}

export type AskLines = (functions: Uint8Array, own: number) => Promise<FileLines>;

/**
 * Opens the artifact in a worker of its own, which ends with the component: fetching, reading and all. Another choice puts
 * the view together anew; what is shown stays until it is there.
 */
export function useProfile(source: ProfileSource, choice: ViewChoice): ProfileLoader {
  const [loading, setLoading] = useState<Loading>(LOADING);
  const [attempt, setAttempt] = useState(0);
  const worker = useRef<Worker>(undefined);
  const sent = useRef<ViewChoice>(undefined);
  const wanted = useRef(choice);
  wanted.current = choice;
  const asked = useRef<((lines: FileLines) => void)[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts over with the same source
  useEffect(() => {
    const started = new Worker(new URL('./profile-worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    setLoading(LOADING);
    started.addEventListener('message', (event: MessageEvent<WorkerReport>) => {
      const report = event.data;
      if (report.type === 'lines') asked.current[report.number]?.(report.lines);
      else setLoading((before) => afterReport(before, report));
    });
    // Out of memory ends here as well.
    started.addEventListener('error', (event) => {
      setLoading({ state: 'failed', failure: { kind: isOfMissingCode(event) ? 'no-code' : 'crashed' } });
    });
    sent.current = wanted.current;
    send(started, { type: 'open', source, choice: wanted.current });
    return () => started.terminate();
  }, [source, attempt]);

  useEffect(() => {
    if (worker.current === undefined || sent.current === choice) return;
    sent.current = choice;
    send(worker.current, { type: 'merge', choice });
  }, [choice]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const connect = useCallback((port: MessagePort) => {
    if (worker.current) send(worker.current, { type: 'chart', port }, [port]);
  }, []);
  const askLines = useCallback<AskLines>(
    (functions, own) =>
      new Promise((resolve) => {
        const number = asked.current.push(resolve) - 1;
        if (worker.current)
          send(worker.current, { type: 'lines', number, functions, own, choice: wanted.current });
      }),
    [],
  );
  return { loading, connect, retry, askLines };
}

function send(worker: Worker, request: WorkerRequest, moved: Transferable[] = []): void {
  worker.postMessage(request, moved);
}

function afterReport(before: Loading, report: Exclude<WorkerReport, { type: 'lines' }>): Loading {
  switch (report.type) {
    case 'progress':
      return { ...LOADING, receivedBytes: report.receivedBytes };
    case 'part': {
      if (before.state !== 'loading') return before;
      const parts = [...before.parts];
      parts[report.index] = report.progress;
      return { ...before, parts };
    }
    case 'failed':
      return { state: 'failed', failure: report.failure };
    case 'opened':
      return { state: 'ready', profile: report.profile, view: report.view };
    case 'merged':
      return before.state === 'ready' ? { ...before, view: report.view } : before;
  }
}
