'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useState } from 'react';
import type { Capture } from '#contract';
import { apiUrl } from '../_data/api.ts';
import { useWords } from '../_messages/words.tsx';
import { useAnnounce } from '../_ui/announcer.tsx';
import { Button, buttonClass, IconButton } from '../_ui/button.tsx';
import { CopyLinkButton } from '../_ui/copy-button.tsx';
import { DownloadIcon, PinIcon, TrashIcon } from '../_ui/icons.tsx';
import { InlineFailure } from '../_ui/states.tsx';
import { useOpenCapture } from './capture-context.tsx';
import { useChangeCapture } from './mutations.ts';
import { isRunning } from './progress.ts';

const DeleteDialog = lazy(() => import('./delete-dialog.tsx'));

/** What can be done with a capture: keep it, take it along, take it again, remove it. */
export function CaptureActions({ capture, title }: { capture: Capture; title: string }) {
  const { t } = useWords();
  const [isDeleting, setDeleting] = useState(false);
  const router = useRouter();
  const open = useOpenCapture();
  const words = t.capture.page;
  const isDone = !isRunning(capture);
  return (
    <>
      {capture.artifact && <Downloads capture={capture} />}
      {isDone && (
        <Button
          onClick={() =>
            open({
              service: capture.service,
              instanceIds: [capture.instanceId],
              kind: capture.kind,
              thread: capture.thread,
              durationSeconds: capture.durationSeconds,
              options: capture.options,
            })
          }
        >
          {t.capture.again}
        </Button>
      )}
      {capture.artifact && <PinButton capture={capture} />}
      <CopyLinkButton />
      {isDone && (
        <IconButton label={words.delete} onClick={() => setDeleting(true)}>
          <TrashIcon />
        </IconButton>
      )}
      <Suspense>
        {isDeleting && (
          <DeleteDialog
            capture={capture}
            title={title}
            onClose={() => setDeleting(false)}
            onDeleted={() => router.push('/captures')}
          />
        )}
      </Suspense>
    </>
  );
}

function Downloads({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const words = t.capture.page;
  return (
    <span className="flex">
      <a
        href={apiUrl(`/captures/${capture.id}/artifact`)}
        download
        title={words.downloadV8Title}
        className={`${buttonClass()} rounded-r-none`}
      >
        <DownloadIcon />
        {words.downloadV8}
      </a>
      <a
        href={apiUrl(`/captures/${capture.id}/pprof`)}
        download
        title={words.downloadPprofTitle}
        className={`${buttonClass()} -ml-px rounded-l-none`}
      >
        {words.downloadPprof}
      </a>
    </span>
  );
}

function PinButton({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const announce = useAnnounce();
  const change = useChangeCapture(capture.id);
  const words = t.capture.page;
  return (
    <>
      <Button
        aria-pressed={capture.pinned}
        title={capture.pinned ? words.unpinTitle : words.pinTitle}
        disabled={change.isPending}
        onClick={() =>
          change.mutate(
            { pinned: !capture.pinned },
            { onSuccess: (changed) => announce(changed.pinned ? words.pinDone : words.unpinDone) },
          )
        }
      >
        <PinIcon filled={capture.pinned} />
        {capture.pinned ? words.pinned : words.pin}
      </Button>
      {change.isError && <InlineFailure error={change.error} />}
    </>
  );
}
