'use client';

import { useEffect, useRef, useState } from 'react';
import { useNow } from '../_data/clock.ts';
import type { Freshness } from '../_data/freshness.ts';
import { useFreshness } from '../_data/provider.tsx';
import { useWords } from '../_messages/words.tsx';
import { useAnnounce } from '../_ui/announcer.tsx';

export function LiveDot() {
  const freshness = useFreshness();
  const { t } = useWords();
  useStaleMark(freshness);
  const looks = {
    live: <span className="size-2 rounded-full bg-well" />,
    connecting: <span className="size-2 rounded-full border border-unknown" />,
    stale: <span className="hatched size-2.5 rounded-sm border border-attention" />,
    unreachable: <span className="hatched size-2.5 rounded-sm border border-bad" />,
  };
  return (
    <span
      className="inline-flex items-center gap-1.5 whitespace-nowrap text-sm text-muted"
      title={freshness.state === 'live' ? t.shell.live.liveTitle : undefined}
      data-freshness={freshness.state}
    >
      {looks[freshness.state]}
      {freshness.state === 'stale' ? (
        <span className="text-attention">
          <RunningAge since={freshness.lastHeardMs} say={t.shell.live.stale} />
        </span>
      ) : (
        t.shell.live[freshness.state]
      )}
    </span>
  );
}

/** Across the page while what it shows is old. */
export function StaleBanner() {
  const freshness = useFreshness();
  const { t } = useWords();
  const announce = useAnnounce();
  const wasStale = useRef(false);
  const isStale = freshness.state === 'stale';
  useEffect(() => {
    if (!isStale && wasStale.current) announce(t.shell.live.backAgain);
    wasStale.current = isStale;
  }, [isStale, announce, t]);
  if (freshness.state === 'stale')
    return (
      <p role="status" className="border-b border-hairline bg-attention-surface px-4 py-1.5">
        <Age since={freshness.lastHeardMs} say={t.shell.live.staleBanner} />
      </p>
    );
  if (freshness.state === 'unreachable')
    return (
      <p role="status" className="border-b border-hairline bg-bad-surface px-4 py-1.5">
        {t.shell.live.unreachableBanner}
      </p>
    );
  return null;
}

interface AgeProps {
  /** By the browser's own clock: the server's is not to be had right now. */
  since: number;
  say(seconds: number): string;
}

function RunningAge({ since, say }: AgeProps) {
  useNow();
  return <span className="figures">{say(age(since))}</span>;
}

/** Where changes are read aloud: once, and not every second. */
function Age({ since, say }: AgeProps) {
  const [spoken] = useState(() => say(age(since)));
  return (
    <>
      <span aria-hidden="true">
        <RunningAge since={since} say={say} />
      </span>
      <span className="sr-only">{spoken}</span>
    </>
  );
}

const age = (since: number) => Math.max(0, Math.round((Date.now() - since) / 1000));

/** Lets the style sheet fade what is old, wherever it is drawn. */
function useStaleMark(freshness: Freshness): void {
  const old = freshness.state === 'stale' || freshness.state === 'unreachable';
  useEffect(() => {
    if (old) document.documentElement.dataset.stale = '';
    else delete document.documentElement.dataset.stale;
  }, [old]);
}
