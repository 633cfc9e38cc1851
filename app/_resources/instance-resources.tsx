'use client';

import type { InstanceDetail } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Section } from '../_ui/section.tsx';
import { newestRead } from './newest-read.ts';
import { NotAnswering } from './not-answering.tsx';
import { ResourceList } from './resource-list.tsx';

/** What the process has inside. */
export function InstanceResources({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords();
  const { name, resources } = instance;
  if (resources.length === 0) return null;
  return (
    <Section title={t.fleet.instance.resources}>
      <div className="pt-2">
        <NotAnswering instance={instance} numbersAt={newestRead(resources)} />
        <ResourceList
          caption={t.resources.caption(name)}
          resources={resources.map((resource) => ({ instance, resource }))}
        />
      </div>
    </Section>
  );
}
