'use client';

import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';

/** More than these are folded, for the view is what one came for. */
const SHOWN = 2;

/** What a reader has to know of the result, in the agent's sentences: what was followed, at what rate, what is missing. */
export function CaptureRemarks({ capture: { artifact } }: { capture: Capture }) {
  const { t } = useWords();
  const remarks = artifact?.remarks ?? [];
  if (remarks.length === 0) return null;
  const list = (
    <ul className="list-disc pl-4 text-muted">
      {remarks.map((remark) => (
        <li key={remark} className="max-w-[100ch] [overflow-wrap:anywhere]">
          {remark}
        </li>
      ))}
    </ul>
  );
  if (remarks.length <= SHOWN) return <div className="mt-1.5">{list}</div>;
  return (
    <details className="mt-1.5">
      <summary className="w-fit text-muted hover:text-text">
        {t.capture.page.remarks} ({remarks.length})
      </summary>
      {list}
    </details>
  );
}
