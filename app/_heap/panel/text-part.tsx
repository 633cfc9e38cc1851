'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import type { HeapObjectDetail, HeapObjectRow } from '#profile/heap/query/heap-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Skeleton } from '../../_ui/states.tsx';
import type { Explored } from '../explored.ts';
import { NotAnswered } from '../not-answered.tsx';
import { useHeapWords } from '../use-heap-words.ts';

export function isText({ type }: HeapObjectRow): boolean {
  return type === 'string' || type === 'concatenated string' || type === 'sliced string';
}

/** The text of a string, a part at a time. */
export function TextPart({ source, detail }: Explored & { detail: HeapObjectDetail }) {
  const { object: words } = useHeapWords();
  const { id } = detail.row;
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['heap', source.key, 'text', id],
    queryFn: ({ signal, pageParam }) => source.ask({ ask: 'text', object: id, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, { text }) => sum + text.length, 0);
      return last.text.length > 0 && shown < last.length ? shown : undefined;
    },
    retry: false,
  });
  if (error) return <NotAnswered error={error} />;
  if (data === undefined) return <Skeleton className="h-24 w-full" />;
  const text = data.pages.map((page) => page.text).join('');
  const [{ length = 0, extent = 'whole', isRedacted = false } = {}] = data.pages;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      {isRedacted && <p className="text-sm text-muted">{words.redacted}</p>}
      {extent === 'beginning' && <p className="text-sm text-muted">{words.textBeginning}</p>}
      {extent === 'sliced from' && <p className="text-sm text-muted">{words.textSliced}</p>}
      <textarea
        readOnly
        aria-label={words.text}
        value={text}
        className="min-h-0 flex-1 resize-none overflow-auto rounded-sm bg-sunken p-2 font-mono text-sm [overflow-wrap:anywhere]"
      />
      <p className="flex items-center gap-2 text-sm text-muted">
        {!isRedacted && words.textMore(text.length, length)}
        {hasNextPage && (
          <Button small disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {words.more}
          </Button>
        )}
      </p>
    </div>
  );
}
