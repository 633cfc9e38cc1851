'use client';

import { FRAME_KIND, type IndexIntoCallTree } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import type { Subject } from '../state/subject.ts';
import { CallNumbers } from './call-numbers.tsx';
import { fullPlaceOf } from './function-labels.ts';

/** The call pointed at, else the one chosen. Always of one height: nothing moves because the pointer does. */
export function DetailsLine({ subject, row }: { subject: Subject; row: IndexIntoCallTree }) {
  const { t } = useWords();
  const func = subject.view.tree.func[row] as number;
  if (row === 0)
    return (
      <p className="flex h-6 shrink-0 items-center truncate text-sm text-muted">{t.viewer.facts.point}</p>
    );
  return (
    <p className="flex h-6 min-w-0 shrink-0 items-center gap-3 overflow-hidden">
      <strong className="shrink truncate font-medium">{subject.label(func)}</strong>
      <span className="min-w-0 shrink-[3] truncate font-mono text-sm text-muted" dir="ltr">
        {fullPlaceOf(subject.profile, func) || explanation(subject, func, t.viewer)}
      </span>
      <span className="ml-auto shrink-0">
        <CallNumbers subject={subject} row={row} />
      </span>
    </p>
  );
}

function explanation(
  subject: Subject,
  func: number,
  words: ReturnType<typeof useWords>['t']['viewer'],
): string {
  switch (subject.profile.functions.kind[func]) {
    case FRAME_KIND.program:
      return words.states.program;
    case FRAME_KIND.idle:
      return words.states.idle;
    case FRAME_KIND.garbageCollector:
      return words.states.garbageCollector;
    default:
      return words.facts.native;
  }
}
