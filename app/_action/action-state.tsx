'use client';

import type { Action } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { classNames } from '../_ui/class-names.ts';
import type { ActionStateName, PartStateName } from './progress.ts';
import type { ShownOutcome } from './targets.ts';

type Shown = ActionStateName | PartStateName | ShownOutcome;

const TONES: Record<Shown, string> = {
  starting: 'text-accent',
  waiting: 'text-muted',
  running: 'text-accent',
  asking: 'text-attention',
  interrupted: 'text-attention',
  cancelling: 'text-accent',
  succeeded: 'text-well',
  partial: 'text-attention',
  failed: 'text-bad',
  cancelled: 'text-muted',
  unknown: 'text-unknown',
  pending: 'text-muted',
  done: 'text-well',
  kept: 'text-muted',
  unreported: 'text-unknown',
};

/** What asks for a look is coloured as a word too. */
const LOUD: ReadonlySet<Shown> = new Set(['asking', 'interrupted', 'partial', 'failed']);

export function stateTone(state: Shown): string {
  return LOUD.has(state) ? TONES[state] : '';
}

/** A shape for each state of an action, of its parts and of its targets: colour never stands alone. */
export function ActionGlyph({ state, size = 14 }: { state: Shown; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${TONES[state]}`}
    >
      {SHAPES[state]}
    </svg>
  );
}

const RING = <circle cx="7" cy="7" r="5" />;
const DOTTED = <circle cx="7" cy="7" r="5" strokeDasharray="2 2.4" />;
const TICK = <path d="m2.75 7.5 2.75 2.75 5.75-6.5" strokeWidth="1.8" />;
const HATCHED = (
  <>
    <rect x="1.75" y="1.75" width="10.5" height="10.5" rx="2" strokeWidth="1.4" />
    <path d="M2.5 7 7 2.5M2.5 11.5l9-9M7 11.5 11.5 7" strokeWidth="1.1" />
  </>
);
const SLASHED = (
  <>
    {RING}
    <path d="m3.6 10.4 6.8-6.8" />
  </>
);

const SHAPES: Record<Shown, React.ReactNode> = {
  starting: DOTTED,
  waiting: DOTTED,
  pending: DOTTED,
  running: (
    <>
      {RING}
      <path d="M5.75 4.75v4.5L9.5 7z" fill="currentColor" stroke="none" />
    </>
  ),
  asking: (
    <>
      {RING}
      <path d="M5.6 5.6a1.45 1.45 0 1 1 2.1 1.3c-.5.25-.7.5-.7 1M7 9.7v.05" strokeWidth="1.3" />
    </>
  ),
  interrupted: <path d="M4.5 3v8M9.5 3v8" strokeWidth="2" strokeDasharray="2.5 2.5" />,
  cancelling: (
    <>
      {DOTTED}
      <path d="M5.2 5.2h3.6v3.6H5.2z" fill="currentColor" stroke="none" />
    </>
  ),
  succeeded: TICK,
  done: TICK,
  partial: <path d="M7 2 12.5 11.75h-11z" fill="currentColor" />,
  failed: <path d="m3 3 8 8m0-8-8 8" strokeWidth="2.2" />,
  cancelled: SLASHED,
  kept: <path d="M3.5 7h7" strokeWidth="1.8" />,
  unknown: HATCHED,
  unreported: HATCHED,
};

/** The state in a cell of a table. On a phone its sign does, for the eye. */
export function ActionStateCell({ action }: { action: Action }) {
  const { t } = useWords();
  const { state } = action.status;
  return (
    <span className="flex items-center gap-2" data-action-state={state}>
      <ActionGlyph state={state} />
      <span className={classNames('max-sm:sr-only', stateTone(state))}>{t.action.states[state]}</span>
    </span>
  );
}
