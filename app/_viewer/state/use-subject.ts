import { useMemo } from 'react';
import { isRoot, labelOf, placeOf } from '../flame/function-labels.ts';
import type { MergedView, OpenedProfile } from '../loading/protocol.ts';
import type { Originals } from '../source/use-originals.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import type { Subject } from './subject.ts';

/** @param originals what it reads as, where that is wanted */
export function useSubject(profile: OpenedProfile, view: MergedView, originals?: Originals): Subject {
  const viewer = useViewerWords();
  const { anonymous, everything } = viewer;
  const withoutLabel = viewer.labels.without;
  const shown = originals?.profile ?? profile;
  const functions = originals?.functions;
  return useMemo(() => {
    return {
      profile,
      view,
      shown,
      originals: functions,
      label: (func) => (isRoot(profile, func) ? everything : labelOf(shown, func, anonymous, withoutLabel)),
      place: (func) => placeOf(shown, func),
    };
  }, [profile, view, shown, functions, anonymous, everything, withoutLabel]);
}
