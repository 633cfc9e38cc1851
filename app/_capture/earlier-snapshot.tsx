'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Capture, CaptureId } from '#contract';
import { isCaptureId } from '../_data/ids.ts';
import { captureQuery, capturesQuery } from '../_data/queries.ts';
import { OpeningView } from '../_heap/opening-view.tsx';
import type { HeapOpening } from '../_heap/source/heap-source.ts';
import { useEarlierHeap } from '../_heap/source/use-capture-heap.ts';
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

interface EarlierSnapshotOptions {
  readonly capture: Capture;
  /** The snapshot of the capture, which comes first: both together may need more memory than there is. */
  readonly isOpen: boolean;
  readonly state: HeapState;
  readonly change: ChangeHeapState;
}

/** The earlier snapshot that the address names, and how another one is chosen. */
export function useEarlierSnapshot({ capture, isOpen, state, change }: EarlierSnapshotOptions): ComparedWith {
  const { f } = useWords();
  const { compare: words } = useHeapWords();
  const earlier = state.earlier !== undefined && isCaptureId(state.earlier) ? state.earlier : undefined;
  const known = useQuery({ ...captureQuery(earlier ?? capture.id), enabled: earlier !== undefined }).data;
  // A link names it, and may lead to another view. Once it is read, that goes on in all of them.
  const [wanted, setWanted] = useState<CaptureId>();
  if (isOpen && state.view === 'compare' && wanted !== earlier) setWanted(earlier);
  const opening = useEarlierHeap(capture.id, wanted === earlier ? earlier : undefined);
  const forget = () => change(listedAnew({ earlier: undefined, changedClass: undefined }));
  return {
    source: opening?.state === 'ready' ? opening.source : undefined,
    name: known === undefined ? '' : words.earlier(captureMoment(known, f)),
    remark: known !== undefined && apartMs(capture, known) > 0 ? words.swapped : undefined,
    picker: (
      <EarlierPicker
        capture={capture}
        opening={opening}
        onPick={(id) => change(listedAnew({ earlier: id }))}
        onForget={forget}
      />
    ),
    hrefOfGone: earlier && ((object) => `/captures/${earlier}?obj=${object}`),
    forget,
  };
}

interface EarlierPickerProps extends EarlierSnapshotsProps {
  /** Of the one that is chosen; undefined while none is. */
  readonly opening: HeapOpening | undefined;
  onForget(): void;
}

/** The list of snapshots, or how far it is with the one that was chosen. Cancelled, it is not chosen any more. */
function EarlierPicker({ opening, onForget, ...list }: EarlierPickerProps) {
  if (opening?.state === 'opening') {
    const cancel = () => {
      opening.cancel();
      onForget();
    };
    return <OpeningView opening={{ ...opening, cancel }} of="earlier" />;
  }
  return (
    <>
      {opening?.state === 'failed' && <OpeningView opening={opening} of="earlier" />}
      <EarlierSnapshots {...list} />
    </>
  );
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
