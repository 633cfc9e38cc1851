'use client';

import { useEffect, useState } from 'react';
import { lazyPart } from '../_ui/lazy-part.ts';
import { choice, useUrlState } from '../_ui/url-state.ts';
import type { FileSource } from '../_viewer/loading/protocol.ts';
import { ChoiceRow } from '../_viewer/state/choice-row.tsx';
import type { CpuBeside } from '../_viewer/trace/cpu-samples.tsx';
import { forgetView } from './forget-view.ts';
import type { KindOfFile } from './kind-of-file.ts';
import { useOpenWords } from './use-open-words.ts';

export const loadProfileViewer = async () => ({
  default: (await import('../_viewer/profile-viewer.tsx')).ProfileViewer,
});
const ProfileViewer = lazyPart(loadProfileViewer);
const TraceViewer = lazyPart(async () => ({
  default: (await import('../_viewer/trace/trace-viewer.tsx')).TraceViewer,
}));
const SnapshotFileView = lazyPart(() => import('./snapshot-file-view.tsx'));

const AS = choice(['timeline', 'calls'], 'timeline');
/** Whatever else was recorded of the process is not known. */
const NOTHING_BESIDE: CpuBeside = { captures: [], takeBoth: null };

/** The viewer for what the file is. A trace can be seen as what happened when, or as the calls that it tells of. */
export function FileViewer({ source }: { source: FileSource }) {
  const words = useOpenWords();
  const [as, setAs] = useUrlState('as', AS);
  const kind = useKindOfFile(source.file);
  if (kind === undefined) return null;
  if (kind === 'heapsnapshot') return <SnapshotFileView file={source.file} />;
  if (kind === 'profile') return <ProfileViewer source={source} />;
  return (
    <>
      <div className="px-4 pt-2">
        <ChoiceRow
          label={words.traceAs.label}
          choices={(['timeline', 'calls'] as const).map((key) => ({ key, text: words.traceAs[key] }))}
          chosen={as}
          onChange={(next) => {
            // Both keep what is seen under the same keys.
            forgetView();
            setAs(next);
          }}
        />
      </div>
      {as === 'timeline' ? (
        <TraceViewer source={source} beside={NOTHING_BESIDE} />
      ) : (
        <ProfileViewer source={source} />
      )}
    </>
  );
}

/** Undefined until it is known. */
function useKindOfFile(file: File): KindOfFile | undefined {
  const [known, setKnown] = useState<{ file: File; kind: KindOfFile }>();
  useEffect(() => {
    let isWanted = true;
    void import('./kind-of-file.ts')
      .then(({ kindOfFile }) => kindOfFile(file))
      .then((kind) => isWanted && setKnown({ file, kind }))
      // Whoever stands around the viewer says that it did not come.
      .catch((error: unknown) => {
        if (isWanted)
          setKnown(() => {
            throw error;
          });
      });
    return () => {
      isWanted = false;
    };
  }, [file]);
  return known?.file === file ? known.kind : undefined;
}
