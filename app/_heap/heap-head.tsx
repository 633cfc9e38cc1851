'use client';

import type { HeapSummary } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../_messages/words.tsx';
import { CategoryBar } from './category-bar.tsx';
import { useHeapWords } from './use-heap-words.ts';

/** The heap in a line of figures and a bar. */
export function HeapHead({ summary }: { summary: HeapSummary }) {
  const { f } = useWords();
  const { head } = useHeapWords();
  const facts: readonly (readonly [name: string, value: string, title?: string])[] = [
    [head.size, f.bytes(summary.totalBytes), head.sizeTitle],
    [head.objects, f.number(summary.objectCount)],
    [head.references, f.number(summary.referenceCount)],
    [head.detached, f.number(summary.detachedCount), head.detachedTitle],
    [head.unreachable, f.bytes(summary.unreachableBytes), head.unreachableTitle],
  ];
  return (
    <div className="flex shrink-0 flex-col gap-1.5">
      <dl aria-label={head.label} className="flex flex-wrap gap-x-5 gap-y-0.5">
        {facts.map(([name, value, title]) => (
          <div key={name} className="flex gap-1.5" title={title}>
            <dt className="text-muted">{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
      <CategoryBar summary={summary} />
    </div>
  );
}
