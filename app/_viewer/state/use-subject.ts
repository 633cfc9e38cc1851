import { useMemo } from 'react';
import { isRoot, labelOf, placeOf } from '../flame/function-labels.ts';
import type { MergedView, OpenedProfile } from '../loading/protocol.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import type { Subject } from './subject.ts';

export function useSubject(profile: OpenedProfile, view: MergedView, shown = profile): Subject {
  const viewer = useViewerWords();
  const { anonymous, everything } = viewer;
  const withoutLabel = viewer.labels.without;
  return useMemo(() => {
    return {
      profile,
      view,
      shown,
      label: (func) => (isRoot(profile, func) ? everything : labelOf(shown, func, anonymous, withoutLabel)),
      place: (func) => placeOf(shown, func),
    };
  }, [profile, view, shown, anonymous, everything, withoutLabel]);
}
