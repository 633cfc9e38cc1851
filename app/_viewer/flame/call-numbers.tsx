'use client';

import type { IndexIntoCallTree } from '#profile/index.ts';
import { type Subject, shareOf } from '../state/subject.ts';
import { useViewerWords } from '../use-viewer-words.ts';

/** Self, total and samples of one call, always in this order. */
export function CallNumbers({ subject, row }: { subject: Subject; row: IndexIntoCallTree }) {
  const viewer = useViewerWords();
  const { tree } = subject.view;
  const part = (micros: number) => (
    <>
      {viewer.milliseconds(micros)}{' '}
      <span className="text-muted">({viewer.share(shareOf(subject, micros))})</span>
    </>
  );
  return (
    <span className="whitespace-nowrap text-sm">
      <span className="text-muted">{viewer.facts.total}</span> {part(tree.total[row] as number)}
      <span className="ml-3 text-muted">{viewer.facts.self}</span> {part(tree.self[row] as number)}
      <span className="ml-3 text-muted">{viewer.samples(tree.totalSamples[row] as number)}</span>
    </span>
  );
}
