'use client';

import * as Radix from 'radix-ui/dialog';
import { type ReactNode, useState } from 'react';
import { useWords } from '../_messages/words.tsx';
import { CrossIcon } from './icons.tsx';
import { allowOwnStyles } from './style-nonce.ts';

allowOwnStyles();

/** A window over the page: keeps the focus, closes by Escape, gives the focus back. Load it lazily. */
export function Dialog({
  title,
  onClose,
  children,
  width = 'max-w-xl',
  isBare = false,
}: {
  title: string;
  onClose(): void;
  children: ReactNode;
  width?: string;
  /** Without a title that is seen, for what begins with a field. */
  isBare?: boolean;
}) {
  const { t } = useWords();
  // The library gives the focus back to its own kind of trigger alone; ours are opened from anywhere.
  const [opener] = useState(() => document.activeElement);
  const giveFocusBack = (event: Event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)]" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={giveFocusBack}
          className={`fixed top-[8vh] left-1/2 z-40 flex max-h-[84vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-hairline-strong bg-raised shadow-float ${width}`}
        >
          {isBare ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <div className="flex items-center justify-between border-b border-hairline py-2 pr-2 pl-4">
              <Radix.Title className="truncate text-lg font-semibold">{title}</Radix.Title>
              <Radix.Close
                aria-label={t.shell.close}
                className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
              >
                <CrossIcon />
              </Radix.Close>
            </div>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What one came to fill in; not the cross that closes it. */
function focusFirstField(event: Event): void {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  const field = dialog.querySelector<HTMLElement>('input:checked, input, select, textarea');
  if (field === null) return;
  event.preventDefault();
  field.focus();
}
