'use client';

import { useNow } from '../_data/clock.ts';
import { STALE_AFTER_MS } from '../_data/freshness.ts';
import { useWords } from '../_messages/words.tsx';
import { Ago } from '../_ui/timestamp.tsx';

/** When figures were taken: said only when they are old. */
export function Age({ at }: { at: string | null }) {
  const { t, f } = useWords();
  const now = useNow();
  if (at === null) return f.orDash(null, f.number);
  if (now - Date.parse(at) <= STALE_AFTER_MS)
    return <span className="text-muted">{t.resources.pools.now}</span>;
  return (
    <span className="text-attention">
      <Ago at={at} />
    </span>
  );
}

/** Whole seconds since an instant, running. */
export function useSecondsSince(at: string | null): number | null {
  const now = useNow();
  return at === null ? null : Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
}
