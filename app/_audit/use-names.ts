'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { servicesQuery } from '../_data/queries.ts';
import type { Act } from './acts.ts';
import type { Subject } from './subjects.ts';
import { useAuditWords } from './use-audit-words.ts';

/** What people call what stands on record by its id. */
export function useNames() {
  const audit = useAuditWords();
  const services = useQuery(servicesQuery()).data;
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const service of services ?? [])
      for (const instance of service.instances) names.set(instance.id, instance.name);
    const nameOfAction = (action: string) => audit.actions[action] ?? action;
    const known = new Set(services?.map(({ name }) => name));
    return {
      isService: (name: string) => known.has(name),
      actionName: ({ action, intent }: Act) => {
        const type = intent?.detail.type;
        return action === 'action.run' && typeof type === 'string' ? audit.run(type) : nameOfAction(action);
      },
      nameOfAction,
      subjectName: ({ kind, id, name }: Subject) =>
        kind === 'capture' || kind === 'action' ? audit.subjects[kind] : (name ?? names.get(id) ?? id),
    };
  }, [services, audit]);
}
