import { useCallback, useState } from 'react';
import { currentQuery } from '../../_ui/address.ts';
import { useAddressWhenSettled } from '../../_ui/use-address-when-settled.ts';
import { type HeapState, parseHeapState, writeHeapState } from './heap-state.ts';

/** What changes, or how to tell from what there was. */
export type ChangeHeapState = (
  change: Partial<HeapState> | ((before: HeapState) => Partial<HeapState>),
) => void;

/** What is seen of a snapshot, taken from the address at first and written back to it when it has settled. */
export function useHeapState(): [HeapState, ChangeHeapState] {
  const [state, setState] = useState(() => parseHeapState(currentQuery()));
  useAddressWhenSettled(state, writeHeapState);
  const change = useCallback<ChangeHeapState>(
    (part) => setState((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  return [state, change];
}
