import { useCallback, useState } from 'react';
import { currentQuery } from '../../_ui/address.ts';
import { useAddressWhenSettled } from '../../_ui/use-address-when-settled.ts';
import { parseViewerState, type ViewerState, writeViewerState } from './viewer-state.ts';

/** What changes, or how to tell from what there was. */
export type ChangeState = (
  change: Partial<ViewerState> | ((before: ViewerState) => Partial<ViewerState>),
) => void;

/** The state of the viewer, taken from the address at first and written back to it when it has settled. */
export function useViewerState(): [ViewerState, ChangeState] {
  const [state, setState] = useState(() => parseViewerState(currentQuery()));
  useAddressWhenSettled(state, writeViewerState);
  const change = useCallback<ChangeState>(
    (part) => setState((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  return [state, change];
}
