import type { Condition, Tone } from './condition.ts';
import { toneOf } from './condition.ts';

export const TONE_TEXT: Record<Tone, string> = {
  bad: 'text-bad',
  attention: 'text-attention',
  unknown: 'text-unknown',
  well: 'text-well',
  gone: 'text-muted',
};

/** A shape for each condition, so that colour never stands alone. Decoration: the word is beside it or in the label. */
export function ConditionGlyph({ condition, size = 14 }: { condition: Condition; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
      className={`shrink-0 ${TONE_TEXT[toneOf(condition)]}`}
    >
      {SHAPES[condition]}
    </svg>
  );
}

const HATCH = <path d="M2.5 7 7 2.5M2.5 11.5l9-9M7 11.5 11.5 7" strokeWidth="1.1" />;

const SHAPES: Record<Condition, React.ReactNode> = {
  well: <rect x="2.5" y="2.5" width="9" height="9" rx="2.5" fill="currentColor" stroke="none" />,
  strained: <path d="M7 2 12.5 11.75h-11z" fill="currentColor" />,
  stuck: (
    <>
      <path d="M4.6 1.25h4.8l3.35 3.35v4.8L9.4 12.75H4.6L1.25 9.4V4.6z" fill="currentColor" stroke="none" />
      <path d="M4.25 7h5.5" stroke="var(--surface)" strokeWidth="2" />
    </>
  ),
  dead: <path d="m2.5 2.5 9 9m0-9-9 9" strokeWidth="2.4" />,
  interrupted: (
    <>
      <rect x="1.75" y="1.75" width="10.5" height="10.5" rx="2" strokeDasharray="3 2" />
      {HATCH}
    </>
  ),
  refused: (
    <>
      <circle cx="7" cy="7" r="5.25" />
      <path d="m3.4 10.6 7.2-7.2" />
    </>
  ),
  connecting: <circle cx="7" cy="7" r="4.75" strokeDasharray="2 2.4" />,
  unknown: (
    <>
      <rect x="1.75" y="1.75" width="10.5" height="10.5" rx="2" />
      {HATCH}
    </>
  ),
  stopped: <rect x="2.5" y="2.5" width="9" height="9" rx="2.5" strokeWidth="1.2" />,
};
