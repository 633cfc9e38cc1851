import { useMemo } from 'react';
import { useWords } from '../../_messages/words.tsx';
import { labelOf, placeOf } from '../flame/function-labels.ts';
import type { MergedView, OpenedProfile } from '../loading/protocol.ts';
import type { Subject } from './subject.ts';

export function useSubject(profile: OpenedProfile, view: MergedView): Subject {
  const { t } = useWords();
  const { anonymous, everything } = t.viewer;
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
