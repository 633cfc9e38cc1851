'use client';

import { Suspense, useEffect, useRef, useState } from 'react';
import { useWords } from '../_messages/words.tsx';
import { useDocumentTitle } from '../_ui/document-title.ts';
import { PageHeader } from '../_ui/page-header.tsx';
import { text, useUrlState } from '../_ui/url-state.ts';
import type { FileSource } from '../_viewer/loading/protocol.ts';
import { ViewerBoundary } from '../_viewer/viewer-boundary.tsx';
import { FileButton } from './file-button.tsx';
import { FileViewer, loadProfileViewer } from './file-viewer.tsx';
import { forgetView } from './forget-view.ts';
import { NoFileYet } from './no-file-yet.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { useOpenWords } from './use-open-words.ts';

const FILE_NAME = text();

interface Opened {
  readonly source: FileSource;
  /** The how-manieth file on this page: each has a viewer of its own. */
  readonly nth: number;
  readonly droppedTogether: number;
}

/** A file of the reader's own, in the same viewer as a capture's artifact. */
export function OpenPage() {
  const { f } = useWords();
  const words = useOpenWords();
  const [opened, setOpened] = useState<Opened>();
  const [fileName, setFileName] = useUrlState('file', FILE_NAME);
  const [isNoFile, setNoFile] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  useDocumentTitle(opened?.source.fileName);
  useEffect(() => {
    // While the reader looks for the file.
    void loadProfileViewer();
  }, []);

  const open = (file: File, droppedTogether = 1) => {
    // The first file is seen as the link says; another one is seen from its beginning.
    if (opened !== undefined) forgetView();
    setFileName(file.name);
    setNoFile(false);
    setOpened({
      source: { from: 'file', file, fileName: file.name, sizeBytes: file.size },
      nth: (opened?.nth ?? 0) + 1,
      droppedTogether,
    });
    // Its name is what is read aloud.
    page.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  };
  const isOver = useFileDrop((files) => {
    const [first] = files;
    if (first === undefined) setNoFile(true);
    else open(first, files.length);
  });

  return (
    <div ref={page}>
      {opened === undefined ? (
        <>
          <PageHeader sentence={words.title}>
            <p className="mt-1 text-muted">{words.private}</p>
          </PageHeader>
          {isNoFile && <NotAFile />}
          <NoFileYet linkedName={fileName} onChoose={open} />
        </>
      ) : (
        <>
          <PageHeader
            sentence={opened.source.fileName}
            actions={
              <FileButton label={words.label} onChoose={open}>
                {words.chooseAnother}
              </FileButton>
            }
          >
            <p className="mt-1 text-muted">{words.opened(f.bytes(opened.source.sizeBytes))}</p>
            {opened.droppedTogether > 1 && (
              <p className="mt-1">{words.severalDropped(opened.droppedTogether, opened.source.fileName)}</p>
            )}
          </PageHeader>
          {isNoFile && <NotAFile />}
          <div className="border-t border-hairline">
            <ViewerBoundary key={opened.nth} failure={words.viewerFailed}>
              <Suspense>
                <FileViewer source={opened.source} />
              </Suspense>
            </ViewerBoundary>
          </div>
        </>
      )}
      {isOver && (
        <div className="pointer-events-none fixed inset-2 z-40 flex items-center justify-center rounded-md border-2 border-dashed border-accent bg-surface/80 text-xl">
          {words.letGo}
        </div>
      )}
    </div>
  );
}

function NotAFile() {
  const words = useOpenWords();
  return (
    <p role="alert" className="mx-4 mb-3 border-l-2 border-bad bg-bad-surface px-3 py-2">
      {words.notAFile}
    </p>
  );
}
