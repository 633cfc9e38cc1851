'use client';

import type { Service } from '#contract';
import { useWords } from '../../_messages/words.tsx';

/** The version that runs; how many, where several do. */
export function VersionLabel({ service }: { service: Service }) {
  const { t, f } = useWords();
  const [only, ...others] = service.versions;
  if (only === undefined) return null;
  if (others.length === 0) return <span className="text-muted">{only}</span>;
  return <span title={f.list(service.versions)}>{t.fleet.overview.versions(service.versions.length)}</span>;
}
