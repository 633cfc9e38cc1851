'use client';

import { classNames } from '../../_ui/class-names.ts';
import { ActionsButton } from '../flame/details-line.tsx';
import { fullPlaceOf } from '../flame/function-labels.ts';
import type { Anchor } from '../menu/place-floating.ts';
import { SourceButton } from '../source/source-button.tsx';
import type { Subject } from '../state/subject.ts';
import { CallTimes } from './call-times.tsx';
import type { CallFacts } from './protocol.ts';
import { useTimeWords } from './use-time-words.ts';

/** One line, and two where there is no room for it. */
const HEIGHT = 'h-6 max-sm:h-11';

interface TimeDetailsProps {
  readonly subject: Subject;
  readonly call: CallFacts | undefined;
  readonly selected: CallFacts | undefined;
  /** The menu of the function that was selected is wanted. */
  onMenu(func: number, anchor: Anchor): void;
}

/** The call pointed at, else the one selected. Always of one height: nothing moves because the pointer does. */
export function TimeDetails({ subject, call, selected, onMenu }: TimeDetailsProps) {
  const words = useTimeWords();
  if (call === undefined)
    return (
      <p className={classNames(HEIGHT, 'flex shrink-0 items-center text-sm text-muted')}>
        <span className="pointer-coarse:hidden">{words.hint}</span>
        <span className="hidden pointer-coarse:inline">{words.touchHint}</span>
      </p>
    );
  return (
    <div
      className={classNames(
        HEIGHT,
        'flex min-w-0 shrink-0 items-center gap-x-3 overflow-hidden max-sm:flex-col max-sm:items-start max-sm:justify-center',
      )}
    >
      <p className="flex min-w-0 max-w-full flex-1 items-baseline gap-3 max-sm:flex-none">
        <strong className="truncate font-medium">{subject.label(call.func)}</strong>
        <span className="min-w-0 truncate font-mono text-sm text-muted" dir="ltr">
          {fullPlaceOf(subject.shown, call.func)}
        </span>
      </p>
      <div className="flex items-center gap-3">
        <CallTimes call={call} />
        <SourceButton />
        {selected && (
          <ActionsButton isOfShown={call === selected} onMenu={(anchor) => onMenu(selected.func, anchor)} />
        )}
      </div>
    </div>
  );
}
