'use client';

import type { Capture } from '#contract';
import { HeapExplorer } from '../_heap/heap-explorer.tsx';
import { useCaptureHeap } from '../_heap/source/use-capture-heap.ts';
import { useHeapState } from '../_heap/state/use-heap-state.ts';
import { useHeapWords } from '../_heap/use-heap-words.ts';
import { DownloadLinks } from './download-links.tsx';
import { useEarlierSnapshot } from './earlier-snapshot.tsx';
import { FindInProfile, ProfilesBeside } from './heap-beside.tsx';

/** A heap snapshot, which the server has open. To be loaded lazily: it brings the explorer along. */
export default function SnapshotView({ capture }: { capture: Capture }) {
  const [state, change] = useHeapState();
  const opening = useCaptureHeap(capture.id);
  const compared = useEarlierSnapshot({
    capture,
    isOpen: opening.state === 'ready',
    state,
    change,
  });
  return (
    <>
      <ProfilesBeside capture={capture} />
      <HeapExplorer
        opening={opening}
        isFile={false}
        {...{ state, change, compared }}
        beside={(detail) => <FindInProfile capture={capture} detail={detail} />}
      />
      <AboutFile capture={capture} />
    </>
  );
}

/** The file itself, and what is in it and what is not. */
function AboutFile({ capture }: { capture: Capture }) {
  const { file: words } = useHeapWords();
  const redacted = capture.artifact?.redacted;
  const strings = redacted === true ? words.redacted : redacted === false ? words.notRedacted : words.unknown;
  return (
    <details className="px-4 pb-10">
      <summary className="w-fit text-muted hover:text-text">{words.title}</summary>
      <div className="mt-1.5 flex max-w-[80ch] flex-col gap-2">
        <p className={redacted === true ? '' : 'text-attention'}>{strings}</p>
        <p>{words.open}</p>
        <DownloadLinks capture={capture} />
      </div>
    </details>
  );
}
