'use client';

import { useState } from 'react';
import { HeapExplorer } from '../_heap/heap-explorer.tsx';
import { OpeningView } from '../_heap/opening-view.tsx';
import type { HeapOpening } from '../_heap/source/heap-source.ts';
import { listedAnew } from '../_heap/state/heap-moves.ts';
import { useHeapState } from '../_heap/state/use-heap-state.ts';
import { useHeapWords } from '../_heap/use-heap-words.ts';
import { useFileHeap } from '../_heap/worker/use-file-heap.ts';
import { EmptyState } from '../_ui/states.tsx';
import { FileButton } from './file-button.tsx';

/** A heap snapshot of the reader's own, and an earlier one that it is compared with. */
export default function SnapshotFileView({ file }: { file: File }) {
  const [state, change] = useHeapState();
  const [earlierFile, setEarlierFile] = useState<File>();
  const { compare: words } = useHeapWords();
  const { opening, earlier } = useFileHeap(file, earlierFile);
  return (
    <HeapExplorer
      opening={opening}
      isFile
      {...{ state, change }}
      compared={{
        source: earlier?.state === 'ready' ? earlier.source : undefined,
        name: earlierFile === undefined ? '' : words.since(earlierFile.name),
        remark: undefined,
        hrefOfGone: undefined,
        picker: <EarlierFile opening={earlier} onChoose={setEarlierFile} />,
        forget: () => {
          setEarlierFile(undefined);
          change(listedAnew({ changedClass: undefined }));
        },
      }}
    />
  );
}

interface EarlierFileProps {
  /** Undefined while none is chosen. */
  readonly opening: HeapOpening | undefined;
  onChoose(file: File): void;
}

function EarlierFile({ opening, onChoose }: EarlierFileProps) {
  const { compare: words } = useHeapWords();
  return (
    <>
      {opening !== undefined && opening.state !== 'ready' && <OpeningView opening={opening} of="earlier" />}
      {opening?.state !== 'opening' && (
        <EmptyState title={words.choose}>
          <p>{words.chooseDetail}</p>
          <p>{words.fileDetail}</p>
          <p className="mt-3">
            <FileButton label={words.fileLabel} onChoose={onChoose}>
              {words.file}
            </FileButton>
          </p>
        </EmptyState>
      )}
    </>
  );
}
