import { useCallback, useEffect, useRef, useState } from 'react';
import { type HeapState, parseHeapState, writeHeapState } from './heap-state.ts';

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const SETTLED_MS = 200;

/** What changes, or how to tell from what there was. */
export type ChangeHeapState = (
  change: Partial<HeapState> | ((before: HeapState) => Partial<HeapState>),
) => void;

/** What is seen of a snapshot, taken from the address at first and written back to it when it has settled. */
export function useHeapState(): [HeapState, ChangeHeapState] {
  const [state, setState] = useState(() => parseHeapState(new URLSearchParams(window.location.search)));
  const written = useRef(state);
  useEffect(() => {
    if (written.current === state) return;
    const timer = setTimeout(() => {
      written.current = state;
      const query = writeHeapState(state, new URLSearchParams(window.location.search)).toString();
      window.history.replaceState(
        window.history.state,
        '',
        `${window.location.pathname}${query === '' ? '' : `?${query}`}`,
      );
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const change = useCallback<ChangeHeapState>(
    (part) => setState((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  return [state, change];
}
