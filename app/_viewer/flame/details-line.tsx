'use client';

import { useCallback, useRef } from 'react';
import { FRAME_KIND, type IndexIntoCallTree } from '#profile/index.ts';
import { classNames } from '../../_ui/class-names.ts';
import type { Anchor } from '../menu/place-floating.ts';
import { SourceButton } from '../source/source-button.tsx';
import { isOfWaiting, type Subject } from '../state/subject.ts';
import { useViewerWords, type ViewerWords } from '../use-viewer-words.ts';
import { CallNumbers } from './call-numbers.tsx';
import { fullPlaceOf, isRoot } from './function-labels.ts';

/** One line, and two where there is no room for it: in a narrow window, or beside the source. */
const HEIGHT = 'h-6 @max-[40rem]:h-11';

interface DetailsLineProps {
  readonly subject: Subject;
  readonly row: IndexIntoCallTree;
  readonly selected: IndexIntoCallTree;
  /** What the root is stands elsewhere already. */
  readonly rootIsKnown?: boolean | undefined;
  /** The menu of the chosen call is wanted. */
  onMenu(anchor: Anchor): void;
}

/** The call pointed at, else the one chosen. Always of one height: nothing moves because the pointer does. */
export function DetailsLine(props: DetailsLineProps) {
  return (
    <div className="@container shrink-0">
      <Details {...props} />
    </div>
  );
}

function Details({ subject, row, selected, rootIsKnown, onMenu }: DetailsLineProps) {
  const viewer = useViewerWords();
  const func = subject.view.tree.func[row] as number;
  if (isRoot(subject.profile, func) || (row === 0 && rootIsKnown))
    return (
      <p className={classNames(HEIGHT, 'flex items-center text-sm text-muted')}>
        <span className="pointer-coarse:hidden">{viewer.facts.point}</span>
        <span className="hidden pointer-coarse:inline">{viewer.facts.touch}</span>
      </p>
    );
  const place = subject.place(func);
  const fullPlace = fullPlaceOf(subject.shown, func);
  return (
    <div
      className={classNames(
        HEIGHT,
        'flex min-w-0 items-center gap-x-3 overflow-hidden @max-[40rem]:flex-wrap @max-[40rem]:content-center',
      )}
    >
      <p className="flex min-w-0 flex-1 items-baseline gap-3">
        <strong className="truncate font-medium @max-[40rem]:max-w-full @max-[40rem]:shrink-0">
          {subject.label(func)}
        </strong>
        <span className={classNames('truncate text-sm', place !== '' && 'font-mono')} dir="ltr">
          {place || explanation(subject, func, viewer)}
        </span>
        {fullPlace !== place && (
          <span
            className="min-w-0 flex-1 truncate font-mono text-sm text-muted @max-[40rem]:hidden"
            dir="ltr"
          >
            {fullPlace}
          </span>
        )}
      </p>
      <span className="@max-[40rem]:order-1 @max-[40rem]:basis-full">
        <CallNumbers subject={subject} row={row} />
      </span>
      {!isRoot(subject.profile, subject.view.tree.func[selected] as number) && (
        <ActionsButton isOfShown={row === selected} onMenu={onMenu} />
      )}
      <SourceButton />
    </div>
  );
}

/** Not there while another call than the chosen one is pointed at, but its room is kept. */
export function ActionsButton({ isOfShown, onMenu }: { isOfShown: boolean; onMenu(anchor: Anchor): void }) {
  const { menu } = useViewerWords();
  const button = useRef<HTMLButtonElement>(null);
  const open = useCallback(() => {
    if (button.current) onMenu(button.current.getBoundingClientRect());
  }, [onMenu]);
  return (
    <button
      ref={button}
      type="button"
      aria-haspopup="menu"
      onClick={open}
      className={classNames(
        'h-5 shrink-0 rounded-sm border border-hairline-strong bg-raised px-1.5 text-sm hover:bg-hover',
        !isOfShown && 'invisible',
      )}
    >
      {menu.button}
    </button>
  );
}

function explanation(subject: Subject, func: number, words: ViewerWords): string {
  switch (subject.profile.functions.kind[func]) {
    case FRAME_KIND.program:
      return words.states.program;
    case FRAME_KIND.idle:
      return words.states.idle;
    case FRAME_KIND.garbageCollector:
      return words.states.garbageCollector;
    case FRAME_KIND.label:
      return words.labels.isValue;
    default:
      return explanationOfCode(subject, func, words);
  }
}

/** Code without a script. What was waited for stands in stacks too, and is no code. */
function explanationOfCode({ profile, view }: Subject, func: number, words: ViewerWords): string {
  const unit = profile.valueTypes[view.valueType]?.unit;
  const name = profile.strings[profile.functions.name[func] as number] ?? '';
  // In a heap profile V8 names its own states in brackets where no function was running.
  if (unit === 'bytes' && /^\(.+\)$/.test(name)) return words.facts.allocatedByV8;
  return isOfWaiting(profile) ? '' : words.facts.native;
}
