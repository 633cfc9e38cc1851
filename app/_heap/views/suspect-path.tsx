'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type { HeapReferenceRow } from '#profile/heap/query/heap-query.ts';
import { inOneLine } from '../in-one-line.ts';
import { isNumberOfRoot } from '../number-of-root.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { useOneTabStop } from '../use-one-tab-stop.ts';

/** A way that is longer is shown by its beginning and its end: the steps of a list are all alike. */
const MOST_STEPS = 24;
const FIRST_STEPS = 4;
const LAST_STEPS = 6;

interface SuspectPathProps {
  readonly path: readonly HeapReferenceRow[];
  onChoose(id: HeapObjectId): void;
}

/** The way from the root in a line, each object of which can be gone to. */
export function SuspectPath({ path, onChoose }: SuspectPathProps) {
  const { suspects: words } = useHeapWords();
  const [isWhole, setIsWhole] = useState(path.length <= MOST_STEPS);
  const line = useRef<HTMLSpanElement>(null);
  const wasWhole = useRef(isWhole);
  useLayoutEffect(() => {
    // The button that was pressed is gone: on with the first that took its place.
    if (isWhole && !wasWhole.current) line.current?.querySelectorAll('button')[FIRST_STEPS]?.focus();
    wasWhole.current = isWhole;
  }, [isWhole]);
  const left = isWhole ? 0 : path.length - FIRST_STEPS - LAST_STEPS;
  const steps = path
    .map((step, at) => ({ step, at }))
    .filter(({ at }) => at < FIRST_STEPS || at >= FIRST_STEPS + left);
  const { around, tabIndexOf } = useOneTabStop(steps.length + (left > 0 ? 1 : 0));
  return (
    <span ref={line} role="toolbar" aria-label={words.path} {...around}>
      {steps.map(({ step: { edgeName, object }, at }, index) => (
        <span key={at}>
          {at > 0 && <span className="text-muted"> › </span>}
          {left > 0 && index === FIRST_STEPS && (
            <>
              <button
                type="button"
                tabIndex={tabIndexOf(index)}
                onClick={() => setIsWhole(true)}
                className="rounded-sm text-muted underline decoration-hairline-strong underline-offset-3 hover:text-text"
              >
                {words.pathMore(left)}
              </button>
              <span className="text-muted"> › </span>
            </>
          )}
          <button
            type="button"
            tabIndex={tabIndexOf(left > 0 && index >= FIRST_STEPS ? index + 1 : index)}
            onClick={() => onChoose(object.id)}
            className="rounded-sm hover:underline"
          >
            {edgeName !== '' && !isNumberOfRoot({ edgeName }, at) && (
              <span className="mr-1 text-accent">{inOneLine(edgeName)}</span>
            )}
            {inOneLine(object.className)}
          </button>
        </span>
      ))}
    </span>
  );
}
