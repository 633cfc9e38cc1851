'use client';

import { useRouter } from 'next/navigation';
import { Suspense, useState } from 'react';
import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { useAnnounce } from '../_ui/announcer.tsx';
import { Button, buttonClass, IconButton } from '../_ui/button.tsx';
import { CopyLinkButton } from '../_ui/copy-button.tsx';
import { PinIcon, TrashIcon } from '../_ui/icons.tsx';
import { lazyPart } from '../_ui/lazy-part.ts';
import { Link } from '../_ui/link.tsx';
import { InlineFailure } from '../_ui/states.tsx';
import { useOpenCapture } from './capture-context.tsx';
import { compareWithHref } from './capture-sets.ts';
import { DownloadLinks } from './download-links.tsx';
import { isSampled } from './kinds.ts';
import { useChangeCapture } from './mutations.ts';
import { isRunning } from './progress.ts';

const DeleteDialog = lazyPart(() => import('./delete-dialog.tsx'));

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
      {capture.artifact && <DownloadLinks capture={capture} />}
      {capture.artifact && isSampled(capture.kind) && (
        <Link href={compareWithHref(capture.id)} className={buttonClass()}>
          {t.capture.together.compareWith}
        </Link>
      )}
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
