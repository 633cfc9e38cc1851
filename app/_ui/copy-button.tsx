'use client';

import { useEffect, useState } from 'react';
import { useWords } from '../_messages/words.tsx';
import { currentAddress } from './address.ts';
import { useAnnounce } from './announcer.tsx';
import { IconButton } from './button.tsx';
import { CheckIcon, LinkIcon } from './icons.tsx';

/** @returns whether it worked: without a secure context there is no clipboard to write to */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function useCopy(): (text: string, done: string) => Promise<boolean> {
  const announce = useAnnounce();
  return async (text, done) => {
    const copied = await writeClipboard(text);
    // Where copying is not allowed, the text itself is shown so that it can be selected.
    announce(copied ? done : text);
    return copied;
  };
}

export function CopyLinkButton() {
  const { t } = useWords();
  const copy = useCopy();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      label={t.shell.copyLink}
      onClick={async () => setCopied(await copy(currentAddress(), t.shell.linkCopied))}
    >
      {copied ? <CheckIcon /> : <LinkIcon />}
    </IconButton>
  );
}
