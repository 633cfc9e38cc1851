import { useMemo } from 'react';
import { useWords } from '../../_messages/words.tsx';
import { labelOf } from '../flame/function-labels.ts';
import type { MergedView, OpenedProfile } from '../loading/protocol.ts';
import type { Subject } from './subject.ts';

export function useSubject(profile: OpenedProfile, view: MergedView): Subject {
  const { t } = useWords();
  const { anonymous } = t.viewer;
  return useMemo(
    () => ({ profile, view, label: (func) => labelOf(profile, func, anonymous) }),
    [profile, view, anonymous],
  );
}
