'use client';

import type { HeapCategory, HeapSummary } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../_messages/words.tsx';
import { useHeapWords } from './use-heap-words.ts';

/** Narrower than this is not told from its neighbours; its word and figure stand below all the same. */
const LEAST_SHARE = 0.002;

/** What the bytes are: a bar, its words, and the same as a table for who does not see it. */
export function CategoryBar({ summary: { categories, totalBytes } }: { summary: HeapSummary }) {
  const { f } = useWords();
  const { head, row } = useHeapWords();
  const known = categories.filter(({ bytes }) => bytes > 0);
  const shareOf = (bytes: number) => (totalBytes > 0 ? bytes / totalBytes : 0);
  return (
    <div>
      <div aria-hidden="true" className="flex h-2.5 gap-px overflow-hidden rounded-[2px]">
        {known
          .filter(({ bytes }) => shareOf(bytes) >= LEAST_SHARE)
          .map(({ category, bytes }) => (
            <div key={category} style={{ flexGrow: bytes, background: colourOf(category) }} />
          ))}
      </div>
      <ul aria-hidden="true" className="mt-1 flex flex-wrap gap-x-3.5 gap-y-0.5 text-sm">
        {known.map(({ category, bytes }) => (
          <li key={category} className="flex items-center gap-1.5">
            <span className="size-2 rounded-[2px]" style={{ background: colourOf(category) }} />
            {head.names[category]}
            <span className="figures text-muted">
              {f.bytes(bytes)} {row.share(shareOf(bytes))}
            </span>
          </li>
        ))}
      </ul>
      <table className="sr-only">
        <caption>{head.categories}</caption>
        <thead>
          <tr>
            <th scope="col">{head.category}</th>
            <th scope="col">{head.bytes}</th>
            <th scope="col">{head.share}</th>
            <th scope="col">{head.objects}</th>
          </tr>
        </thead>
        <tbody>
          {known.map(({ category, bytes, count }) => (
            <tr key={category}>
              <th scope="row">{head.names[category]}</th>
              <td>{f.bytes(bytes)}</td>
              <td>{row.share(shareOf(bytes))}</td>
              <td>{f.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function colourOf(category: HeapCategory): string {
  return `var(--heap-${category.replace(' ', '-')})`;
}
