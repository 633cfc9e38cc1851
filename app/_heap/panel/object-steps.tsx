'use client';

import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type { HeapObjectRow } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import { ObjectName } from '../grid/cells.tsx';
import { useOneTabStop } from '../use-one-tab-stop.ts';

interface ObjectStepsProps {
  readonly label: string;
  /** With the field that led to each. */
  readonly steps: readonly { readonly object: HeapObjectRow; readonly edge: string | undefined }[];
  onChoose(id: HeapObjectId): void;
}

/** Objects one after another, each of which can be gone to. */
export function ObjectSteps({ label, steps, onChoose }: ObjectStepsProps) {
  const { f } = useWords();
  const { around, tabIndexOf } = useOneTabStop(steps.length);
  return (
    <ol aria-label={label} {...around} className="min-h-0 flex-1 overflow-y-auto">
      {steps.map(({ object, edge }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an object can be on its own way twice, and nothing moves
        <li key={at} className="border-b border-hairline">
          <button
            type="button"
            tabIndex={tabIndexOf(at)}
            onClick={() => onChoose(object.id)}
            className="flex h-[25px] w-full min-w-0 items-center gap-2 px-1 text-left hover:bg-hover"
          >
            <span className="min-w-0 flex-1">
              <ObjectName object={object} {...(edge === undefined ? {} : { edge })} />
            </span>
            <span className="figures shrink-0 text-muted">{f.bytes(object.retainedBytes)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
