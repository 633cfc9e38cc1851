'use client';

import { useRef } from 'react';
import { useBesidePointer } from '../flame/beside-pointer.ts';
import type { Subject } from '../state/subject.ts';
import { CallTimes } from './call-times.tsx';
import type { PointedInTime } from './time-canvas.tsx';
import { useTimeWords } from './use-time-words.ts';

/** What the box under the pointer is. For eyes alone: the details line and the tree say the same. */
export function TimeTooltip({ subject, at }: { subject: Subject; at: PointedInTime }) {
  const words = useTimeWords();
  const ref = useRef<HTMLDivElement>(null);
  useBesidePointer(ref, at);
  return (
    <div
      ref={ref}
      aria-hidden="true"
      className="pointer-events-none fixed top-0 left-0 z-40 max-w-[28rem] rounded-md border border-hairline-strong bg-raised px-2.5 py-1.5 shadow-float"
    >
      <p className="break-all font-medium">{subject.label(at.call.func)}</p>
      <p className="break-all text-sm text-muted">{subject.place(at.call.func)}</p>
      <CallTimes call={at.call} />
      {at.beside > 0 && <p className="text-sm text-muted">{words.beside(at.beside)}</p>}
    </div>
  );
}
