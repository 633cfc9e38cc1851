'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type { VitalName } from '#contract';
import { useVitalsStore } from '../_data/provider.tsx';
import { useWords } from '../_messages/words.tsx';

/** The last value of one vital of an instance or service; only this text renders when it changes. */
export function useVital(subject: string, name: VitalName): number | null | undefined {
  const vitals = useVitalsStore();
  const subscribe = useCallback(
    (listener: () => void) => vitals.subscribe(subject, listener),
    [vitals, subject],
  );
  const read = () => vitals.latest(subject)?.[name];
  return useSyncExternalStore(subscribe, read, () => undefined);
}

export function LiveFigure({
  subject,
  name,
  format,
}: {
  subject: string;
  name: VitalName;
  format: (value: number) => string;
}) {
  const { f } = useWords();
  const value = useVital(subject, name);
  return (
    <span data-live="" className="figures">
      {f.orDash(value, format)}
    </span>
  );
}
