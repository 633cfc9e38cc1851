'use client';

import type { ActivityFrame } from '#profile/index.ts';
import { classNames } from '../../_ui/class-names.ts';
import { printable } from '../flame/function-labels.ts';
import { isOwn, placeOf } from './pending-rows.ts';
import { useActivityWords } from './use-activity-words.ts';

/** A stack from the innermost call outwards; the service's own code stands out. */
export function StackFrames({ frames }: { frames: readonly ActivityFrame[] }) {
  const words = useActivityWords();
  return (
    <ol className="text-sm">
      {frames.map((frame, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a stack does not change, and a recursion repeats its frames
          key={index}
          className={classNames('flex flex-wrap gap-x-2', isOwn(frame) ? '' : 'text-muted')}
        >
          <span className={classNames('[overflow-wrap:anywhere]', isOwn(frame) && 'font-medium')}>
            {printable(frame.name) || words.anonymous}
          </span>
          <span
            className="font-mono text-xs leading-4 text-muted [overflow-wrap:anywhere]"
            title={printable(frame.url)}
          >
            {placeOf(frame) || words.native}
          </span>
        </li>
      ))}
    </ol>
  );
}
