'use client';

import { useRef } from 'react';
import type { Subject } from '../state/subject.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { useBesidePointer } from './beside-pointer.ts';
import { CallNumbers } from './call-numbers.tsx';
import type { PointedAt } from './flame-graph.tsx';

/** What the box under the pointer is. For eyes alone: the details line and the tree say the same. */
export function Tooltip({ subject, at }: { subject: Subject; at: PointedAt }) {
  const viewer = useViewerWords();
  const ref = useRef<HTMLDivElement>(null);
  useBesidePointer(ref, at);
  const func = subject.view.tree.func[at.row] as number;
  return (
    <div
      ref={ref}
      aria-hidden="true"
      className="pointer-events-none fixed top-0 left-0 z-40 max-w-[28rem] rounded-md border border-hairline-strong bg-raised px-2.5 py-1.5 shadow-float"
    >
      <p className="break-all font-medium">{subject.label(func)}</p>
      <p className="break-all text-sm text-muted">{subject.place(func)}</p>
      <CallNumbers subject={subject} row={at.row} />
      {subject.view.tree.goesOn?.[at.row] === 1 && (
        <p className="text-sm text-muted">{viewer.facts.goesOn}</p>
      )}
      {at.count > 1 && <p className="text-sm text-muted">{viewer.facts.narrow(at.count - 1)}</p>}
    </div>
  );
}
