'use client';

import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';

/** A moment in the reader's zone, with UTC on hover. */
export function Moment({ at }: { at: string }) {
  const { f } = useWords();
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={f.utc(ms)} className="figures whitespace-nowrap">
      {f.moment(ms, Date.now())}
    </time>
  );
}

/** How long ago, running. */
export function Ago({ at }: { at: string }) {
  const { t, f } = useWords();
  const now = useNow();
  const ms = Date.parse(at);
  const seconds = Math.max(0, (now - ms) / 1000);
  return (
    <time
      dateTime={at}
      title={f.isUtc ? f.utc(ms) : `${f.dateTime(ms)} · ${f.utc(ms)}`}
      className="figures whitespace-nowrap"
    >
      {seconds < 1 ? t.shell.justNow : t.shell.ago(coarse(seconds))}
    </time>
  );
}

/** How long since, running. */
export function Since({ at }: { at: string }) {
  const { f } = useWords();
  const now = useNow();
  return <span className="figures">{f.duration(coarse((now - Date.parse(at)) / 1000))}</span>;
}

/** Nobody reads the seconds of what is minutes old; and what does not move does not draw the eye. */
function coarse(seconds: number): number {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 600) return whole;
  return whole < 86_400 ? Math.floor(whole / 60) * 60 : Math.floor(whole / 3600) * 3600;
}
