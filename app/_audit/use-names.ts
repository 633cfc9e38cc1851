'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { servicesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import type { Act } from './acts.ts';
import type { Subject } from './subjects.ts';

/** What people call what stands on record by its id. */
export function useNames() {
  const { t } = useWords();
  const services = useQuery(servicesQuery()).data;
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const service of services ?? [])
      for (const instance of service.instances) names.set(instance.id, instance.name);
    const known = new Set(services?.map(({ name }) => name));
    return {
      isService: (name: string) => known.has(name),
      actionName: ({ action, intent }: Act) => {
        const title = intent?.detail.title;
        return t.audit.actions[action] ?? (typeof title === 'string' && title !== '' ? title : action);
      },
      subjectName: ({ kind, id }: Subject) =>
        kind === 'capture' || kind === 'action' ? t.audit.subjects[kind] : (names.get(id) ?? id),
    };
  }, [services, t]);
}
