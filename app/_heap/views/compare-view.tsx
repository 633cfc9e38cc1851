'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo } from 'react';
import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type { HeapClassChange, HeapCompareSort, HeapComparison } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { Skeleton } from '../../_ui/states.tsx';
import { Awaited } from '../awaited.tsx';
import type { Explored } from '../explored.ts';
import { HeapGrid } from '../grid/heap-grid.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { heapQuery } from '../source/heap-query-options.ts';
import type { HeapSource } from '../source/heap-source.ts';
import { changeOrderIn, listedAnew, showChanges } from '../state/heap-moves.ts';
import { useFailureSentence } from '../use-failure-sentence.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { useChangeColumns } from './change-columns.tsx';
import { ClassChanges } from './class-changes.tsx';
import { FilterLine } from './filter-line.tsx';
import { ListFoot } from './list-foot.tsx';

/** The other snapshot, as whoever shows this one knows it. */
export interface ComparedWith {
  /** Answers what changed; undefined while none is chosen. */
  readonly source: HeapSource | undefined;
  /** Which it is, as the rest of a sentence: "since …". */
  readonly name: string;
  /** What else is to be known of it. */
  readonly remark: string | undefined;
  /** By which one is chosen. */
  readonly picker: ReactNode;
  /** Where an object that is gone can still be looked at, if anywhere. */
  readonly hrefOfGone: ((object: HeapObjectId) => string) | undefined;
  /** Chooses none. */
  forget(): void;
}

const NONE_OPEN: readonly (readonly string[])[] = [];

/** What came, went and grew since an earlier snapshot. */
export function CompareView({ compared, ...explored }: Explored & { compared: ComparedWith }) {
  const { source } = compared;
  if (source === undefined) return <div className="min-h-0 flex-1 overflow-y-auto">{compared.picker}</div>;
  return <Compared {...explored} compared={compared} source={source} />;
}

function Compared({ compared, ...explored }: Explored & { compared: ComparedWith }) {
  const words = useHeapWords();
  const comparison = heapQuery(explored.source, { ask: 'comparison' });
  const { data, error, fetchStatus, refetch } = useQuery(comparison);
  const sentence = useFailureSentence(error);
  return (
    <>
      <div className="flex shrink-0 items-start gap-2">
        <div className="min-w-0 flex-1">
          <p>
            {data !== undefined && <Change comparison={data} />}
            <span className="text-muted">{compared.name}</span>
            {compared.remark !== undefined && (
              <span className="ml-1.5 text-attention">{compared.remark}</span>
            )}
          </p>
          {data !== undefined && <Summary comparison={data} />}
        </div>
        <Button small onClick={compared.forget}>
          {words.compare.another}
        </Button>
      </div>
      {error ? (
        <div role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2">
          <p>{sentence}</p>
          <Button small className="mt-1.5" onClick={() => void refetch()}>
            {words.failed.retry}
          </Button>
        </div>
      ) : data === undefined ? (
        <Awaited
          queryKey={comparison.queryKey}
          isAsked={fetchStatus !== 'idle'}
          doing={words.asking.comparison}
          onRetry={() => void refetch()}
        >
          <Skeleton className="h-40 w-full" />
        </Awaited>
      ) : (
        <Changes {...explored} idsHold={data.idsHold} hrefOfGone={compared.hrefOfGone} />
      )}
    </>
  );
}

/** By how much the heap has grown: the beginning of a sentence that goes on with since when. */
function Change({ comparison: { bytesBefore, bytesAfter } }: { comparison: HeapComparison }) {
  const { f } = useWords();
  const { compare: words } = useHeapWords();
  const by = Math.abs(bytesAfter - bytesBefore);
  return (
    <span className="mr-1.5 font-medium">
      {by === 0
        ? words.same(f.bytes(bytesAfter))
        : words.summary(f.bytes(bytesBefore), f.bytes(bytesAfter), bytesAfter > bytesBefore, f.bytes(by))}
    </span>
  );
}

function Summary({ comparison }: { comparison: HeapComparison }) {
  const { f } = useWords();
  const { compare: words } = useHeapWords();
  if (!comparison.idsHold) return <WithoutIds processes={comparison.processes} />;
  return (
    <p>
      {words.withIds}{' '}
      {words.parts(
        f.number(comparison.newCount),
        f.bytes(comparison.newBytes),
        f.number(comparison.goneCount),
        f.bytes(comparison.goneBytes),
        f.number(comparison.grownCount),
      )}
    </p>
  );
}

/** Why no object can be found again, what can be compared all the same, and how one would have its ids kept. */
function WithoutIds({ processes }: Pick<HeapComparison, 'processes'>) {
  const { compare: words } = useHeapWords();
  return (
    <>
      <p className="max-w-[100ch]">
        <span className="text-attention">{words.withoutIds[processes]}</span> {words.stillExact}
      </p>
      {processes !== 'two' && (
        <details className="max-w-[100ch]">
          <summary className="w-fit text-muted hover:text-text">{words.keepIds}</summary>
          <p className="mt-1">{words.keepIdsDetail}</p>
        </details>
      )}
    </>
  );
}

interface ChangesProps extends Explored, Pick<ComparedWith, 'hrefOfGone'> {
  readonly idsHold: boolean;
}

function Changes({ idsHold, ...explored }: ChangesProps) {
  const { source, state, change } = explored;
  const words = useHeapWords();
  const { changeFilter: filter, changedClass } = state;
  const { by, descending } = changeOrderIn(state, idsHold);
  const order = useMemo(() => ({ by, descending }), [by, descending]);
  const rows = useMemo<TreeRows<HeapClassChange>>(
    () => ({
      keyOf: ({ className }) => className,
      fetch: (_, page, ask) => ask({ ask: 'compareClasses', filter, order, page }),
    }),
    [filter, order],
  );
  const tree = usePagedTree(source, rows, NONE_OPEN);
  const columns = useChangeColumns(idsHold);
  const onGo = useCallback(
    (path: readonly string[], { className }: HeapClassChange) =>
      change((before) => ({
        cursor: path,
        ...(before.changedClass === className ? {} : showChanges(className, before)),
      })),
    [change],
  );
  return (
    <>
      <FilterLine
        label={words.compare.filter}
        value={filter}
        error={tree.failure}
        onChange={(changeFilter) => change(listedAnew({ changeFilter }))}
      />
      <div className="flex min-h-0 flex-[3] flex-col">
        <HeapGrid<HeapClassChange, HeapCompareSort>
          role="grid"
          label={words.compare.label}
          tree={tree}
          columns={columns}
          order={order}
          cursor={state.cursor}
          scrolledRows={state.scrolledRows}
          doing="changes"
          nothing={words.nothing.changes}
          onOrder={(changeOrder) => change(listedAnew({ changeOrder }))}
          onGo={onGo}
          onScrolled={(scrolledRows) => change({ scrolledRows })}
          textOf={({ className }) => className}
        />
      </div>
      <div className="flex min-h-0 flex-[2] flex-col gap-1.5">
        {changedClass === undefined ? (
          <p className="text-muted">
            {idsHold ? words.compare.chooseClass : words.compare.chooseClassWithoutIds}
          </p>
        ) : (
          <ClassChanges {...explored} className={changedClass} idsHold={idsHold} />
        )}
      </div>
      <ListFoot
        count={tree.total === undefined ? undefined : words.grid.count.classes(tree.total)}
        hint={words.grid.keysList}
      />
    </>
  );
}
