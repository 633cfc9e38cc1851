import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CaptureId, HeapState } from '#contract';
import { RequestFailed } from '../../_data/api.ts';
import { beginOpening, captureHeapSource, endOpening, progressOf, readOpening } from './capture-heap.ts';
import { type HeapOpening, type HeapSource, NOTHING_KNOWN, type OpeningProgress } from './heap-source.ts';

const POLL_MS = 500;

type Known =
  | { readonly state: 'opening'; readonly progress: OpeningProgress }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'open' };

const AT_FIRST: Known = { state: 'opening', progress: NOTHING_KNOWN };

/** Has the server open the snapshot of a capture, and waits until it is. What closes later is opened again by the next question. */
export function useCaptureHeap(id: CaptureId): HeapOpening {
  const source = useMemo(() => captureHeapSource(id, undefined), [id]);
  const { known, retry, cancel } = useOpening(id, beginOpening);
  return toOpening(known, source, { retry, cancel });
}

/**
 * The same of an earlier one that a capture is compared with: the source answers what changed since then. Undefined while there is
 * none.
 */
export function useEarlierHeap(id: CaptureId, earlier: CaptureId | undefined): HeapOpening | undefined {
  const source = useMemo(() => captureHeapSource(id, earlier), [id, earlier]);
  const { known, retry, cancel } = useOpening(earlier, beginReading);
  return earlier === undefined ? undefined : toOpening(known, source, { retry, cancel });
}

interface Opening {
  readonly known: Known;
  retry(): void;
  cancel(): void;
}

type Begin = (id: CaptureId, signal: AbortSignal) => Promise<HeapState>;

function useOpening(id: CaptureId | undefined, begin: Begin): Opening {
  const [known, setKnown] = useState<{ readonly of: typeof id; readonly is: Known }>({
    of: id,
    is: AT_FIRST,
  });
  const [attempt, setAttempt] = useState(0);
  const waiting = useRef<AbortController>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts over
  useEffect(() => {
    if (id === undefined) return;
    const controller = new AbortController();
    waiting.current = controller;
    const tell = (is: Known) => {
      if (!controller.signal.aborted) setKnown({ of: id, is });
    };
    tell(AT_FIRST);
    whenOpen(begin(id, controller.signal), id, controller.signal, (progress) =>
      tell({ state: 'opening', progress }),
    )
      .then(() => tell({ state: 'open' }))
      .catch((error: unknown) => tell({ state: 'failed', error }));
    return () => controller.abort();
  }, [id, attempt, begin]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const cancel = useCallback(() => {
    if (id === undefined) return;
    // Nobody asks how it stands any more: that it is closed then would look as if it were to be asked.
    waiting.current?.abort();
    setKnown({ of: id, is: { state: 'cancelled' } });
    // It is given up as well when nobody asks any more: that it could not be told to end is nothing to say.
    endOpening(id).catch(() => undefined);
  }, [id]);
  // What is known of another one says nothing of this.
  return { known: known.of === id ? known.is : AT_FIRST, retry, cancel };
}

function toOpening(
  known: Known,
  source: HeapSource,
  { retry, cancel }: Pick<Opening, 'retry' | 'cancel'>,
): HeapOpening {
  switch (known.state) {
    case 'opening':
      return { ...known, cancel };
    case 'open':
      return { state: 'ready', source };
    default:
      return { ...known, retry };
  }
}

/** It need not be open to be compared with: that it was read once is enough. @throws {RequestFailed} */
async function beginReading(id: CaptureId, signal: AbortSignal): Promise<HeapState> {
  const state = await readOpening(id, signal);
  const isToRead = state.state === 'failed' || (state.state === 'closed' && !state.hasIndex);
  return isToRead ? beginOpening(id, signal) : state;
}

/** @throws {RequestFailed} */
async function whenOpen(
  begun: Promise<HeapState>,
  id: CaptureId,
  signal: AbortSignal,
  onProgress: (progress: OpeningProgress) => void,
): Promise<void> {
  let state = await begun;
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
