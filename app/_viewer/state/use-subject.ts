import { useMemo } from 'react';
import { labelOf, placeOf } from '../flame/function-labels.ts';
import type { MergedView, OpenedProfile } from '../loading/protocol.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import type { Subject } from './subject.ts';

export function useSubject(profile: OpenedProfile, view: MergedView): Subject {
  const viewer = useViewerWords();
  const { anonymous, everything } = viewer;
  return useMemo(() => {
    const root = view.tree.func[0];
    return {
      profile,
      view,
      label: (func) => (func === root ? everything : labelOf(profile, func, anonymous)),
      place: (func) => placeOf(profile, func),
    };
  }, [profile, view, anonymous, everything]);
}
