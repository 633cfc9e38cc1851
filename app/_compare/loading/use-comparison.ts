import { useCallback, useEffect, useRef, useState } from 'react';
import type { OpenedProfile, PartFailure, PartProgress } from '../../_viewer/loading/protocol.ts';
import type { Sides } from '../changes.ts';
import type {
  CompareChoice,
  ComparedSources,
  ComparedView,
  CompareFailure,
  CompareReport,
  CompareRequest,
} from './compare-protocol.ts';

export type Comparing =
  | { readonly state: 'loading'; readonly parts: Sides<readonly PartProgress[]> }
  | { readonly state: 'failed'; readonly failure: CompareFailure }
  | {
      readonly state: 'ready';
      readonly profile: OpenedProfile;
      readonly view: ComparedView;
      readonly failures: Sides<readonly PartFailure[]>;
    };

/**
 * Reads both sides and compares them in a worker of its own, which ends with the component. Another choice puts the
 * difference together anew; what is shown stays until it is there.
 *
 * @param sources the same object as long as they are the same
 */
export function useComparison(
  sources: ComparedSources,
  choice: CompareChoice,
): { comparing: Comparing; retry(): void } {
  const [comparing, setComparing] = useState<Comparing>(() => waiting(sources));
  const [attempt, setAttempt] = useState(0);
  const worker = useRef<Worker>(undefined);
  const sent = useRef<CompareChoice>(undefined);
  const wanted = useRef(choice);
  wanted.current = choice;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts over with the same sources
  useEffect(() => {
    const started = new Worker(new URL('./compare-worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    setComparing(waiting(sources));
    started.addEventListener('message', (event: MessageEvent<CompareReport>) => {
      setComparing((before) => afterReport(before, event.data));
    });
    // Out of memory ends here as well.
    started.addEventListener('error', () => setComparing({ state: 'failed', failure: { kind: 'crashed' } }));
    sent.current = wanted.current;
    send(started, { type: 'open', sources, choice: wanted.current });
    return () => started.terminate();
  }, [sources, attempt]);

  useEffect(() => {
    if (worker.current === undefined || sent.current === choice) return;
    sent.current = choice;
    send(worker.current, { type: 'compare', choice });
  }, [choice]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { comparing, retry };
}

function send(worker: Worker, request: CompareRequest): void {
  worker.postMessage(request);
}

function waiting({ before, after }: ComparedSources): Comparing {
  const parts = (sources: readonly unknown[]) => sources.map((): PartProgress => ({ state: 'waiting' }));
  return { state: 'loading', parts: { before: parts(before), after: parts(after) } };
}

function afterReport(before: Comparing, report: CompareReport): Comparing {
  switch (report.type) {
    case 'part': {
      if (before.state !== 'loading') return before;
      const { side, index, progress } = report;
      return {
        state: 'loading',
        parts: { ...before.parts, [side]: before.parts[side].with(index, progress) },
      };
    }
    case 'failed':
      return { state: 'failed', failure: report.failure };
    case 'opened':
      return { state: 'ready', profile: report.profile, view: report.view, failures: report.failures };
    case 'compared':
      return before.state === 'ready' ? { ...before, view: report.view } : before;
  }
}
