import { useCallback, useState } from 'react';
import { currentQuery } from '../../_ui/address.ts';
import { useAddressWhenSettled } from '../../_ui/use-address-when-settled.ts';
import { parseTraceState, type TraceState, writeTraceState } from './trace-state.ts';

/** What changes, or how to tell from what there was. */
export type ChangeTrace = (
  change: Partial<TraceState> | ((before: TraceState) => Partial<TraceState>),
) => void;

/** The state of the view, taken from the address at first and written back to it when it has settled. */
export function useTraceState(): [TraceState, ChangeTrace] {
  const [state, setState] = useState(() => parseTraceState(currentQuery()));
  useAddressWhenSettled(state, writeTraceState);
  const change = useCallback<ChangeTrace>(
    (part) => setState((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  return [state, change];
}
