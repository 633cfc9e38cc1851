'use client';

import type { IndexIntoCallTree } from '#profile/index.ts';
import { type Subject, shareOf } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import { useViewerWords } from '../use-viewer-words.ts';

/** Self, total and count of one call, always in this order. */
export function CallNumbers({ subject, row }: { subject: Subject; row: IndexIntoCallTree }) {
  const viewer = useViewerWords();
  const { tree } = subject.view;
  const measure = useMeasure(subject);
  const part = (value: number) => (
    <>
      {measure.value(value)} <span className="text-muted">({viewer.share(shareOf(subject, value))})</span>
    </>
  );
  return (
    <span className="whitespace-nowrap text-sm">
      <span className="text-muted">{viewer.facts.total}</span> {part(tree.total[row] as number)}
      <span className="ml-3 text-muted">{viewer.facts.self}</span> {part(tree.self[row] as number)}
      {measure.counted && (
        <span className="ml-3 text-muted">{measure.counted.count(tree.totalCount[row] as number)}</span>
      )}
    </span>
  );
}
