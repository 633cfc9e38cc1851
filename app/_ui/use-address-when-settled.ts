import { useEffect, useRef } from 'react';
import { changeQueryLater, settleAddress } from './address.ts';

const SETTLED_MS = 200;

/**
 * Writes a state to the address when it has settled, and at the latest when the page is left: a reload restores the last move.
 *
 * @param write puts the state into the query and leaves keys of others; the same function at every call
 */
export function useAddressWhenSettled<State>(
  state: State,
  write: (state: State, query: URLSearchParams) => URLSearchParams,
): void {
  const written = useRef(state);
  useEffect(() => {
    if (written.current === state) return;
    return changeQueryLater((query) => {
      written.current = state;
      return write(state, query);
    }, SETTLED_MS);
  }, [state, write]);
  useEffect(() => {
    window.addEventListener('beforeunload', settleAddress);
    window.addEventListener('pagehide', settleAddress);
    return () => {
      window.removeEventListener('beforeunload', settleAddress);
      window.removeEventListener('pagehide', settleAddress);
    };
  }, []);
}
