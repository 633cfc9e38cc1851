'use client';

import * as AlertDialog from 'radix-ui/alert-dialog';
import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { InlineFailure } from '../_ui/states.tsx';
import { allowOwnStyles } from '../_ui/style-nonce.ts';
import { useDeleteCapture } from './mutations.ts';

allowOwnStyles();

export default function DeleteDialog({
  capture,
  title,
  onClose,
  onDeleted,
}: {
  capture: Capture;
  title: string;
  onClose(): void;
  onDeleted(): void;
}) {
  const { t, f } = useWords();
  const remove = useDeleteCapture(capture.id);
  const words = t.capture.page;
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)]" />
        <AlertDialog.Content className="fixed top-[20vh] left-1/2 z-40 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 rounded-lg border border-hairline-strong bg-raised p-4 shadow-float">
          <AlertDialog.Title className="text-lg font-semibold">{words.deleteTitle(title)}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted">
            {capture.artifact ? words.deleteBody(f.bytes(capture.artifact.sizeBytes)) : words.deleteBodyEmpty}
          </AlertDialog.Description>
          {capture.pinned && <p className="mt-2 text-attention">{words.deletePinned}</p>}
          {remove.isError && (
            <div className="mt-3">
              <InlineFailure error={remove.error} />
            </div>
          )}
          <div className="mt-4 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{words.keep}</Button>
            </AlertDialog.Cancel>
            <Button
              look="danger"
              disabled={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: onDeleted })}
            >
              {words.deleteConfirm}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
