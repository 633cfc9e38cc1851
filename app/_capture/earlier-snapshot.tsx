'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Capture, CaptureId } from '#contract';
import { isCaptureId } from '../_data/ids.ts';
import { captureQuery, capturesQuery } from '../_data/queries.ts';
import { captureHeapSource } from '../_heap/source/capture-heap.ts';
import { listedAnew } from '../_heap/state/heap-moves.ts';
import type { HeapState } from '../_heap/state/heap-state.ts';
import type { ChangeHeapState } from '../_heap/state/use-heap-state.ts';
import { useHeapWords } from '../_heap/use-heap-words.ts';
import type { ComparedWith } from '../_heap/views/compare-view.tsx';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import { useOpenCapture } from './capture-context.tsx';
import { captureMoment } from './moment.ts';
import { apartMs, nearestTo } from './nearest-captures.ts';

/** The earlier snapshot that the address names, and how another one is chosen. */
export function useEarlierSnapshot(
  capture: Capture,
  state: HeapState,
  change: ChangeHeapState,
): ComparedWith {
  const { f } = useWords();
  const { compare: words } = useHeapWords();
  const earlier = state.earlier !== undefined && isCaptureId(state.earlier) ? state.earlier : undefined;
  const known = useQuery({ ...captureQuery(earlier ?? capture.id), enabled: earlier !== undefined }).data;
  const source = useMemo(
    () => (earlier === undefined ? undefined : captureHeapSource(capture.id, earlier)),
    [capture.id, earlier],
  );
  return {
    source,
    name: known === undefined ? '' : words.earlier(captureMoment(known, f)),
    remark: known !== undefined && apartMs(capture, known) > 0 ? words.swapped : undefined,
    picker: <EarlierSnapshots capture={capture} onPick={(id) => change(listedAnew({ earlier: id }))} />,
    hrefOfGone: earlier && ((object) => `/captures/${earlier}?obj=${object}`),
    forget: () => change(listedAnew({ earlier: undefined, changedClass: undefined })),
  };
}

interface EarlierSnapshotsProps {
  readonly capture: Capture;
  onPick(id: CaptureId): void;
}

/** Other snapshots of the same instance, the nearest before it first. */
function EarlierSnapshots({ capture, onPick }: EarlierSnapshotsProps) {
  const { f } = useWords();
  const { compare: words } = useHeapWords();
  const open = useOpenCapture();
  const { instanceId, service } = capture;
  const query = useInfiniteQuery(capturesQuery({ instanceId, kind: 'heapsnapshot' }));
  const { data } = query;
  const others = useMemo(() => {
    const found = nearestTo(capture, data?.pages.flatMap(({ captures }) => captures) ?? []);
    const isLater = (other: Capture) => (apartMs(capture, other) > 0 ? 1 : 0);
    return found.sort((a, b) => isLater(a) - isLater(b));
  }, [capture, data]);
  const take = (
    <Button onClick={() => open({ service, instanceIds: [instanceId], kind: 'heapsnapshot' })}>
      {words.take}
    </Button>
  );
  if (data === undefined)
    return query.isError ? (
      <FailedState error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Skeleton className="h-32 w-full" />
    );
  if (others.length === 0)
    return (
      <EmptyState title={words.none}>
        <p>{words.noneDetail}</p>
        <p className="mt-3">{take}</p>
      </EmptyState>
    );
  return (
    <EmptyState title={words.choose}>
      <p>{words.chooseDetail}</p>
      <table className="mt-2 w-full max-w-[44rem] border-separate border-spacing-0 text-text">
        <caption className="sr-only">{words.list}</caption>
        <thead>
          <tr className="text-left text-sm text-muted">
            {(['moment', 'apart', 'size', 'version', 'pick'] as const).map((key) => (
              <th
                key={key}
                scope="col"
                className="h-7 border-b border-hairline-strong px-2 font-normal first:pl-0"
              >
                {words.columns[key]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {others.map((other) => (
            <tr key={other.id} className="hover:bg-hover">
              <td className="h-8 border-b border-hairline pr-2">
                <Moment at={other.requestedAt} />
              </td>
              <td className="border-b border-hairline px-2">
                {(apartMs(capture, other) < 0 ? words.before : words.after)(
                  f.duration(Math.round(Math.abs(apartMs(capture, other)) / 1000)),
                )}
              </td>
              <td className="figures border-b border-hairline px-2">
                {f.bytes(other.artifact?.sizeBytes ?? 0)}
              </td>
              <td className="border-b border-hairline px-2">{other.serviceVersion}</td>
              <td className="border-b border-hairline px-2 text-right">
                <Button
                  small
                  onClick={() => onPick(other.id)}
                  aria-label={words.pick(captureMoment(other, f))}
                >
                  {words.pickShort}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3">{take}</p>
    </EmptyState>
  );
}
