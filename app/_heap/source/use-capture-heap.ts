import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CaptureId, HeapState } from '#contract';
import { RequestFailed } from '../../_data/api.ts';
import { beginOpening, captureHeapSource, endOpening, progressOf, readOpening } from './capture-heap.ts';
import { type HeapOpening, NOTHING_KNOWN, type OpeningProgress } from './heap-source.ts';

const POLL_MS = 500;

type Known =
  | { readonly state: 'opening'; readonly progress: OpeningProgress }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'open' };

const AT_FIRST: Known = { state: 'opening', progress: NOTHING_KNOWN };

/** Has the server open the snapshot of a capture, and waits until it is. What closes later is opened again by the next question. */
export function useCaptureHeap(id: CaptureId): HeapOpening {
  const [known, setKnown] = useState<Known>(AT_FIRST);
  const [attempt, setAttempt] = useState(0);
  const waiting = useRef<AbortController>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts over
  useEffect(() => {
    const controller = new AbortController();
    waiting.current = controller;
    setKnown(AT_FIRST);
    whenOpen(id, controller.signal, (progress) => setKnown({ state: 'opening', progress }))
      .then(() => !controller.signal.aborted && setKnown({ state: 'open' }))
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setKnown({ state: 'failed', error });
      });
    return () => controller.abort();
  }, [id, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const cancel = useCallback(() => {
    // Nobody asks how it stands any more: that it is closed then would look as if it were to be asked.
    waiting.current?.abort();
    setKnown({ state: 'cancelled' });
    // It is given up as well when nobody asks any more: that it could not be told to end is nothing to say.
    endOpening(id).catch(() => undefined);
  }, [id]);
  const source = useMemo(() => captureHeapSource(id, undefined), [id]);
  switch (known.state) {
    case 'opening':
      return { ...known, cancel };
    case 'open':
      return { state: 'ready', source };
    default:
      return { ...known, retry };
  }
}

/** @throws {RequestFailed} */
async function whenOpen(
  id: CaptureId,
  signal: AbortSignal,
  onProgress: (progress: OpeningProgress) => void,
): Promise<void> {
  let state: HeapState = await beginOpening(id, signal);
  while (state.state === 'waiting' || state.state === 'opening') {
    onProgress(progressOf(state));
    await pause(POLL_MS, signal);
    state = await readOpening(id, signal);
  }
  if (state.state === 'failed') throw failureOf(state);
}

/** As if a question had been refused with it. */
function failureOf({ code, message }: Extract<HeapState, { state: 'failed' }>): RequestFailed {
  return new RequestFailed(422, { type: 'about:blank', title: code, status: 422, code, detail: message });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
