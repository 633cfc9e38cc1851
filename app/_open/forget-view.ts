import { withoutViewerState } from '../_viewer/state/viewer-state.ts';
import { withoutTraceState } from '../_viewer/trace/trace-state.ts';

/** Takes out of the address how another file, or this one by another viewer, was looked at. */
export function forgetView(): void {
  const { pathname, search } = window.location;
  const query = withoutTraceState(withoutViewerState(new URLSearchParams(search))).toString();
  window.history.replaceState(null, '', query === '' ? pathname : `${pathname}?${query}`);
}
