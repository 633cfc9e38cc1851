'use client';

import { useCallback, useMemo } from 'react';
import { type IndexIntoCallTree, type IndexIntoFunctionTable, toFunctionName } from '#profile/index.ts';
import type { Anchor } from '../menu/place-floating.ts';
import { findMatches, type Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import { type Moves, useMoves } from '../state/use-moves.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import { INITIAL_PICTURE, type PictureState, type ViewerState } from '../state/viewer-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { Legend } from './legend.tsx';
import { middleChoices } from './middle-choices.ts';
import { PicturePane } from './picture-pane.tsx';

interface SandwichProps {
  readonly subject: Subject;
  readonly state: ViewerState;
  readonly change: ChangeState;
  readonly matches: Matches | undefined;
  readonly moves: Moves;
  readonly shades: Uint8Array;
  onMenu(tree: Subject['view']['tree'], row: IndexIntoCallTree, anchor: Anchor, isInverted: boolean): void;
}

/** A function between its callers, which stand above it, and its callees. */
export function Sandwich({ subject, state, change, matches, moves, shades, onMenu }: SandwichProps) {
  const { tree: words } = useViewerWords();
  const { view, profile } = subject;
  const above = useMemo<Subject | undefined>(
    () => view.callers && { ...subject, view: { ...view, ...view.callers } },
    [subject, view],
  );
  const matchesAbove = useMemo(
    () =>
      matches &&
      above &&
      findMatches(above.view.tree, profile.functions.length, (func) => matches.functions[func] === 1),
    [matches, above, profile],
  );
  const { callersPicture } = state;
  const changeAbove = useCallback(
    (part: Partial<PictureState>) =>
      change((before) => ({ callersPicture: { ...before.callersPicture, ...part } })),
    [change],
  );
  const movesAbove = useMoves(above ?? subject, callersPicture, changeAbove, matchesAbove);
  if (above === undefined || view.middle === undefined) return null;
  const name = subject.label(view.middle);
  return (
    <>
      <MiddleChoices
        subject={subject}
        matches={matches}
        onChoose={(func) =>
          change({
            middle: toFunctionName(profile, func),
            ...INITIAL_PICTURE,
            callersPicture: INITIAL_PICTURE,
          })
        }
      />
      <PicturePane
        subject={above}
        moves={movesAbove}
        scrolledLines={callersPicture.scrolledLines}
        rootBelow
        rootIsKnown
        shades={shades}
        matches={matchesAbove}
        label={words.callersOf(name)}
        wholeName={words.callersOf(name)}
        changePicture={changeAbove}
        onMenu={(row, anchor) => {
          movesAbove.select(row);
          onMenu(above.view.tree, row, anchor, true);
        }}
      />
      <PicturePane
        subject={subject}
        moves={moves}
        scrolledLines={state.scrolledLines}
        rootBelow={false}
        shades={shades}
        matches={matches}
        label={words.calleesOf(name)}
        wholeName={words.calleesOf(name)}
        changePicture={change}
        onMenu={(row, anchor) => {
          moves.select(row);
          onMenu(view.tree, row, anchor, false);
        }}
      >
        <Legend subject={subject} colours={state.colours} />
      </PicturePane>
    </>
  );
}

interface MiddleChoicesProps {
  readonly subject: Subject;
  readonly matches: Matches | undefined;
  onChoose(func: IndexIntoFunctionTable): void;
}

/** Other functions to put in the middle; a search says which. */
function MiddleChoices({ subject, matches, onChoose }: MiddleChoicesProps) {
  const { sandwich } = useViewerWords();
  const choices = useMemo(() => middleChoices(subject, matches), [subject, matches]);
  if (choices.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div
      role="group"
      aria-label={sandwich.choose}
      className="flex h-6 shrink-0 items-center gap-1 overflow-hidden text-sm"
    >
      <span className="shrink-0 text-muted">{matches ? sandwich.found : sandwich.heaviest}</span>
      {choices.map((func) => (
        <button
          key={func}
          type="button"
          title={[subject.label(func), subject.place(func)].filter(Boolean).join(', ')}
          onClick={() => onChoose(func)}
          className="max-w-48 shrink-0 truncate rounded-sm px-1.5 hover:bg-hover"
        >
          {subject.label(func)}
        </button>
      ))}
    </div>
  );
}
