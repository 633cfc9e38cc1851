'use client';

import { useMemo } from 'react';
import { ORIGIN } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import { type Subject, shareOf } from '../state/subject.ts';

/** In the order of what one can do something about. */
const ENTRIES = [
  ['own', '--flame-own-1'],
  ['package', '--flame-package-1'],
  ['runtime', '--flame-runtime-1'],
  ['native', '--flame-native-1'],
  ['garbageCollector', '--flame-gc'],
  ['idle', '--flame-idle'],
] as const;

/** What the colours mean, and how much self time each of them stands for. */
export function Legend({ subject }: { subject: Subject }) {
  const { t } = useWords();
  const shares = useMemo(() => selfByOrigin(subject), [subject]);
  return (
    <dl
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-0.5 text-sm"
      aria-label={t.viewer.origins.label}
    >
      {ENTRIES.filter(([origin]) => (shares[ORIGIN[origin]] ?? 0) > 0).map(([origin, colour]) => (
        <div key={origin} className="flex items-center gap-1.5">
          <dt className="flex items-center gap-1.5 text-muted">
            <span
              aria-hidden="true"
              className="size-2.5 rounded-[2px]"
              style={{ background: `var(${colour})` }}
            />
            {t.viewer.origins[origin]}
          </dt>
          <dd>{t.viewer.share(shareOf(subject, shares[ORIGIN[origin]] ?? 0))}</dd>
        </div>
      ))}
    </dl>
  );
}

function selfByOrigin({ profile, view }: Subject): Float64Array {
  const shares = new Float64Array(ENTRIES.length);
  for (let func = 0; func < profile.functions.length; func++) {
    const origin = profile.origin[func] as number;
    shares[origin] = (shares[origin] as number) + (view.totals.self[func] as number);
  }
  return shares;
}
