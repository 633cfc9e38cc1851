'use client';

import type { IndexIntoCallTree } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import { type Subject, shareOf } from '../state/subject.ts';

/** Self, total and samples of one call, always in this order. */
export function CallNumbers({ subject, row }: { subject: Subject; row: IndexIntoCallTree }) {
  const { t } = useWords();
  const { tree } = subject.view;
  const part = (micros: number) => (
    <>
      {t.viewer.milliseconds(micros)}{' '}
      <span className="text-muted">({t.viewer.share(shareOf(subject, micros))})</span>
    </>
  );
  return (
    <span className="whitespace-nowrap text-sm">
      <span className="text-muted">{t.viewer.facts.total}</span> {part(tree.total[row] as number)}
      <span className="ml-3 text-muted">{t.viewer.facts.self}</span> {part(tree.self[row] as number)}
      <span className="ml-3 text-muted">{t.viewer.samples(tree.totalSamples[row] as number)}</span>
    </span>
  );
}
