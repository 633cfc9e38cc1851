import { useCallback, useEffect, useRef, useState } from 'react';
import { parseTraceState, type TraceState, writeTraceState } from './trace-state.ts';

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const SETTLED_MS = 250;

/** What changes, or how to tell from what there was. */
export type ChangeTrace = (
  change: Partial<TraceState> | ((before: TraceState) => Partial<TraceState>),
) => void;

/** The state of the view, taken from the address at first and written back to it when it has settled. */
export function useTraceState(): [TraceState, ChangeTrace] {
  const [state, setState] = useState(() => parseTraceState(new URLSearchParams(window.location.search)));
  const written = useRef(state);
  useEffect(() => {
    if (written.current === state) return;
    const timer = setTimeout(() => {
      written.current = state;
      const query = writeTraceState(state, new URLSearchParams(window.location.search)).toString();
      const { pathname } = window.location;
      window.history.replaceState(window.history.state, '', query === '' ? pathname : `${pathname}?${query}`);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const change = useCallback<ChangeTrace>(
    (part) => setState((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  return [state, change];
}
