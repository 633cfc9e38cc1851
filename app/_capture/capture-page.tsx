'use client';

import { useQuery } from '@tanstack/react-query';
import type { Capture, CaptureId } from '#contract';
import { RequestFailed } from '../_data/api.ts';
import { isCaptureId } from '../_data/ids.ts';
import { captureQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { useDocumentTitle } from '../_ui/document-title.ts';
import { PageHeader } from '../_ui/page-header.tsx';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { CaptureActions } from './capture-actions.tsx';
import { CaptureFacts } from './capture-facts.tsx';
import { CaptureFailed } from './capture-failed.tsx';
import { CaptureRemarks } from './capture-remarks.tsx';
import { CaptureGlyph } from './capture-state.tsx';
import { CaptureUnderWay } from './capture-under-way.tsx';
import { CaptureView } from './capture-view.tsx';
import { NoteEditor } from './note-editor.tsx';
import { isRunning } from './progress.ts';
import { LiveCaptureSentence } from './sentence-line.tsx';

export function CapturePage({ id }: { id: string }) {
  return isCaptureId(id) ? <PossibleCapture id={id} /> : <NotFound id={id} />;
}

function PossibleCapture({ id }: { id: CaptureId }) {
  const { t } = useWords();
  const query = useQuery(captureQuery(id));
  const capture = query.data;
  const title = capture && t.capture.titleOf(t.capture.kinds[capture.kind].term, capture.instanceName);
  useDocumentTitle(title);
  if (isGone(query.error) || capture === undefined) return <Missing id={id} query={query} />;
  const crumbs = [
    { name: t.shell.overview, href: '/' },
    { name: capture.service, href: `/services/${capture.service}` },
    // Of the same name as its service it would look like the same place twice; the facts lead to it as well.
    ...(capture.instanceName === capture.service
      ? []
      : [{ name: capture.instanceName, href: `/instances/${capture.instanceId}` }]),
  ];
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        here={t.capture.kinds[capture.kind].term}
        sign={<CaptureGlyph state={capture.status.state} size={18} />}
        sentence={<LiveCaptureSentence capture={capture} />}
        actions={<CaptureActions capture={capture} title={title ?? id} />}
      >
        <div className="mt-1.5 flex flex-wrap items-start gap-x-6 gap-y-1.5">
          <CaptureFacts capture={capture} />
          <NoteEditor capture={capture} />
        </div>
        <CaptureRemarks capture={capture} />
      </PageHeader>
      <Body capture={capture} />
    </>
  );
}

function Body({ capture }: { capture: Capture }) {
  if (isRunning(capture)) return <CaptureUnderWay capture={capture} />;
  if (capture.status.state === 'complete') return <CaptureView capture={capture} />;
  if (capture.status.state === 'failed') return <CaptureFailed capture={capture} status={capture.status} />;
  return null;
}

function isGone(error: unknown): boolean {
  return error instanceof RequestFailed && (error.status === 404 || error.status === 400);
}

function NotFound({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <PageHeader
      crumbs={[{ name: t.shell.captures, href: '/captures' }]}
      here={id}
      sentence={t.capture.page.notFound}
    >
      <EmptyState>{t.capture.page.notFoundDetail}</EmptyState>
    </PageHeader>
  );
}

function Missing({ id, query }: { id: CaptureId; query: { error: unknown; refetch(): unknown } }) {
  const { t } = useWords();
  if (isGone(query.error)) return <NotFound id={id} />;
  return (
    <div aria-busy={query.error === null}>
      <PageHeader
        crumbs={[{ name: t.shell.captures, href: '/captures' }]}
        here={id}
        sentence={query.error ? t.shell.errors.title : t.shell.loading}
      />
      <div className="px-4">
        {query.error ? (
          <FailedState error={query.error} retry={() => query.refetch()} />
        ) : (
          <Skeleton className="h-96 w-full" />
        )}
      </div>
    </div>
  );
}
