'use client';

import { useQuery } from '@tanstack/react-query';
import type { HeapObjectDetail } from '#profile/heap/query/heap-query.ts';
import { Skeleton } from '../../_ui/states.tsx';
import { Awaited } from '../awaited.tsx';
import type { Explored } from '../explored.ts';
import { NotAnswered } from '../not-answered.tsx';
import { isNumberOfRoot } from '../number-of-root.ts';
import { heapQuery } from '../source/heap-query-options.ts';
import { selectObject } from '../state/heap-moves.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { ObjectSteps } from './object-steps.tsx';

/** The shortest way from the root to the object, past what is ignored. */
export function PathPart({ source, state, change, detail }: Explored & { detail: HeapObjectDetail }) {
  const { object: words, asking } = useHeapWords();
  const { ignored } = state;
  const path = heapQuery(source, { ask: 'pathFromRoot', object: detail.row.id, ignored });
  const { data, error, fetchStatus, refetch } = useQuery(path);
  if (error) return <NotAnswered error={error} />;
  if (data === undefined)
    return (
      <Awaited
        queryKey={path.queryKey}
        isAsked={fetchStatus !== 'idle'}
        doing={asking.path}
        onRetry={() => void refetch()}
      >
        <Skeleton className="h-24 w-full" />
      </Awaited>
    );
  if (data.steps.length === 0)
    return <p className="py-2 text-muted">{ignored.length === 0 ? words.pathNone : words.pathIgnored}</p>;
  return (
    <>
      {data.way === 'system' && <p className="text-sm text-muted">{words.pathSystem}</p>}
      {data.way === 'weak' && <p className="text-sm text-muted">{words.pathWeak}</p>}
      <ObjectSteps
        label={words.path}
        steps={data.steps.map(({ object, edgeName }, at) => ({
          object,
          edge: edgeName === '' || isNumberOfRoot({ edgeName }, at) ? undefined : edgeName,
        }))}
        onChoose={(id) => change((before) => selectObject(before, id))}
      />
    </>
  );
}
