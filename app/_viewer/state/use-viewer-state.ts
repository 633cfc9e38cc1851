import { useCallback, useEffect, useRef, useState } from 'react';
import { parseViewerState, type ViewerState, writeViewerState } from './viewer-state.ts';

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const SETTLED_MS = 200;

/** What changes, or how to tell from what there was. */
export type ChangeState = (
  change: Partial<ViewerState> | ((before: ViewerState) => Partial<ViewerState>),
) => void;

/** The state of the viewer, taken from the address at first and written back to it when it has settled. */
export function useViewerState(): [ViewerState, ChangeState] {
  const [state, setState] = useState(() => parseViewerState(new URLSearchParams(window.location.search)));
  const written = useRef(state);

  useEffect(() => {
    if (written.current === state) return;
    const timer = setTimeout(() => {
      written.current = state;
      const query = writeViewerState(state, new URLSearchParams(window.location.search)).toString();
      window.history.replaceState(
        window.history.state,
        '',
        `${window.location.pathname}${query === '' ? '' : `?${query}`}`,
      );
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const change = useCallback<ChangeState>(
    (part) => setState((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  return [state, change];
}
