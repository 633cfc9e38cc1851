'use client';

import type { ReactNode } from 'react';
import type { Instance } from '#contract';
import { useWords } from '../../_messages/words.tsx';
import { Section } from '../../_ui/section.tsx';
import { Ago, Moment, Since } from '../../_ui/timestamp.tsx';
import { conditionOf, isGone } from '../condition.ts';

/** Who this process is. */
export function InstanceFacts({ instance }: { instance: Instance }) {
  const { t } = useWords();
  const words = t.fleet.instance.fact;
  const { runtime } = instance;
  const labels = Object.entries(instance.labels);
  return (
    <Section title={t.fleet.instance.facts}>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 pt-2">
        <Fact name={words.version}>{instance.version}</Fact>
        <Fact name={words.host}>{instance.host}</Fact>
        {/* A process id is a name, not a number: no grouping. */}
        <Fact name={words.pid}>{String(instance.pid)}</Fact>
        <Fact name={words.started}>
          <Moment at={instance.startedAt} />
        </Fact>
        {!isGone(conditionOf(instance)) && (
          <Fact name={words.uptime}>
            <Since at={instance.startedAt} />
          </Fact>
        )}
        {instance.lastHeardAt !== null && instance.connection.state !== 'connected' && (
          <Fact name={words.lastHeard}>
            <Ago at={instance.lastHeardAt} />
          </Fact>
        )}
        {runtime && (
          <>
            <Fact name={words.runtime}>
              {runtime.name} {runtime.version}
            </Fact>
            <Fact name={words.engine}>{runtime.engineVersion}</Fact>
            <Fact name={words.platform}>
              {runtime.platform} {runtime.arch}
            </Fact>
            <Fact name={words.agent}>{runtime.agentVersion}</Fact>
          </>
        )}
        <Fact name={words.address}>{instance.address}</Fact>
        <Fact name={words.source}>{instance.source}</Fact>
        <Fact name={words.id}>
          <code className="font-mono text-sm">{instance.id}</code>
        </Fact>
        {labels.length > 0 && (
          <Fact name={words.labels}>{labels.map(([key, value]) => `${key}=${value}`).join(', ')}</Fact>
        )}
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
