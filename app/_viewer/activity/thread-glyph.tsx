'use client';

import type { ThreadState } from '#profile/index.ts';
import { classNames } from '../../_ui/class-names.ts';

/** A shape for each state, so that colour never stands alone. Decoration: the word is beside it. */
export function ThreadGlyph({ state }: { state: ThreadState }) {
  return (
    <svg
      aria-hidden="true"
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
      className={classNames('shrink-0', TONES[state])}
    >
      {SHAPES[state]}
    </svg>
  );
}

const TONES: Record<ThreadState, string> = {
  executing: 'text-well',
  idle: 'text-muted',
  stuck: 'text-bad',
  unknown: 'text-unknown',
};

const SHAPES: Record<ThreadState, React.ReactNode> = {
  executing: <path d="m4.5 2.75 6.5 4.25-6.5 4.25z" fill="currentColor" />,
  idle: <circle cx="7" cy="7" r="4.5" />,
  stuck: (
    <>
      <path d="M4.6 1.25h4.8l3.35 3.35v4.8L9.4 12.75H4.6L1.25 9.4V4.6z" fill="currentColor" stroke="none" />
      <path d="M4.25 7h5.5" stroke="var(--surface)" strokeWidth="2" />
    </>
  ),
  unknown: <circle cx="7" cy="7" r="4.5" strokeDasharray="2 2.4" />,
};
