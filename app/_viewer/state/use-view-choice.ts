import { useMemo } from 'react';
import type { ViewChoice } from '../loading/protocol.ts';
import type { ViewerState } from './viewer-state.ts';

/** What has to be put together for what is seen; the same object as long as that is the same. */
export function useViewChoice(state: ViewerState): ViewChoice {
  const { thread, includeIdle, valueType, labels, groupedBy, transforms, middle } = state;
  const timeRange = state.time.chosen;
  const { view } = state;
  const picture = view === 'callers' || view === 'sandwich' ? view : 'calls';
  const middleShown = picture === 'sandwich' ? middle : undefined;
  return useMemo(
    () => ({
      thread,
      includeIdle,
      valueType,
      labels,
      timeRange,
      groupedBy,
      transforms,
      picture,
      middle: middleShown,
    }),
    [thread, includeIdle, valueType, labels, timeRange, groupedBy, transforms, picture, middleShown],
  );
}
