'use client';

import type { Capture } from '#contract';
import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';
import { classNames } from '../_ui/class-names.ts';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { type CaptureStateName, isRunning, progressOf } from './progress.ts';

const TONES: Record<CaptureStateName, string> = {
  queued: 'text-muted',
  starting: 'text-accent',
  waiting: 'text-accent',
  recording: 'text-accent',
  writing: 'text-accent',
  transferring: 'text-accent',
  interrupted: 'text-attention',
  complete: 'text-well',
  failed: 'text-bad',
  cancelled: 'text-muted',
};

/** A shape for each state, as for instances: colour never stands alone. */
export function CaptureGlyph({ state, size = 14 }: { state: CaptureStateName; size?: number }) {
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
const SHAPES: Record<CaptureStateName, React.ReactNode> = {
  queued: <circle cx="7" cy="7" r="5" strokeDasharray="2 2.4" />,
  starting: RING,
  waiting: (
    <>
      {RING}
      <path d="M7 4.5V7l1.75 1.5" strokeWidth="1.3" />
    </>
  ),
  recording: (
    <>
      {RING}
      <circle cx="7" cy="7" r="2" fill="currentColor" stroke="none" />
    </>
  ),
  writing: (
    <>
      {RING}
      <path d="M4.75 7h4.5" />
    </>
  ),
  transferring: (
    <>
      {RING}
      <path d="M7 4.5v5m0 0L5.25 7.75M7 9.5l1.75-1.75" strokeWidth="1.3" />
    </>
  ),
  interrupted: <path d="M4.5 3v8M9.5 3v8" strokeWidth="2" strokeDasharray="2.5 2.5" />,
  complete: <path d="m2.75 7.5 2.75 2.75 5.75-6.5" strokeWidth="1.8" />,
  failed: <path d="m3 3 8 8m0-8-8 8" strokeWidth="2.2" />,
  cancelled: (
    <>
      {RING}
      <path d="m3.6 10.4 6.8-6.8" />
    </>
  ),
};

/** The state in a cell of a table, with a small bar while it is under way. On a phone its sign does, for the eye. */
export function CaptureStateCell({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const { state } = capture.status;
  return (
    <span className="flex items-center gap-2" data-capture-state={state}>
      <CaptureGlyph state={state} />
      <span
        className={classNames(
          'max-sm:sr-only',
          (state === 'failed' || state === 'interrupted') && TONES[state],
        )}
      >
        {t.capture.states[state]}
      </span>
      {isRunning(capture) && <SmallProgress capture={capture} />}
    </span>
  );
}

function SmallProgress({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const now = useNow();
  const { fraction } = progressOf(capture, now);
  if (fraction === null) return null;
  return (
    <span className="w-16 max-sm:hidden">
      <ProgressBar
        label={t.capture.progress(t.capture.kinds[capture.kind].term, capture.instanceName)}
        fraction={fraction}
      />
    </span>
  );
}
