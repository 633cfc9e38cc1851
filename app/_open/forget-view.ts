import { withoutHeapState } from '../_heap/state/heap-state.ts';
import { changeQuery } from '../_ui/address.ts';
import { withoutViewerState } from '../_viewer/state/viewer-state.ts';
import { withoutTraceState } from '../_viewer/trace/trace-state.ts';

/** Takes out of the address how another file, or this one by another viewer, was looked at. */
export function forgetView(): void {
  changeQuery((query) => withoutHeapState(withoutTraceState(withoutViewerState(query))));
}
