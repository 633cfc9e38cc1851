'use client';

import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo } from 'react';
import type { InstanceDetail, InstanceId } from '#contract';
import { ActionOffers } from '../../_action/action-offers.tsx';
import { ActionTable } from '../../_action/action-table.tsx';
import { CaptureButton } from '../../_capture/capture-button.tsx';
import { CaptureTable } from '../../_capture/capture-table.tsx';
import { RequestFailed } from '../../_data/api.ts';
import { isInstanceId } from '../../_data/ids.ts';
import { instanceQuery, servicesQuery, timelineQuery } from '../../_data/queries.ts';
import { useWords } from '../../_messages/words.tsx';
import { InstanceResources } from '../../_resources/instance-resources.tsx';
import { useDocumentTitle } from '../../_ui/document-title.ts';
import { lazyPart } from '../../_ui/lazy-part.ts';
import { Link } from '../../_ui/link.tsx';
import { PageHeader } from '../../_ui/page-header.tsx';
import { Section } from '../../_ui/section.tsx';
import { EmptyState, FailedState, Skeleton } from '../../_ui/states.tsx';
import { Ago } from '../../_ui/timestamp.tsx';
import { conditionOf, isGone } from '../condition.ts';
import { ConditionGlyph } from '../condition-glyph.tsx';
import { EventList } from '../event-list.tsx';
import { InstanceCaptures } from './instance-captures.tsx';
import { InstanceFacts } from './instance-facts.tsx';
import { LiveSentence } from './live-sentence.tsx';
import { marksOf } from './marks.ts';
import { ThreadList } from './thread-list.tsx';

const VitalsCharts = lazyPart(() => import('./vitals-charts.tsx'));

export function InstancePage({ id }: { id: string }) {
  return isInstanceId(id) ? <PossibleInstance id={id} /> : <NotFound id={id} />;
}

function PossibleInstance({ id }: { id: InstanceId }) {
  const { t } = useWords();
  const query = useQuery(instanceQuery(id));
  const instance = query.data;
  useDocumentTitle(instance?.name);
  if (instance === undefined || isForgotten(query.error)) return <Missing id={id} query={query} />;
  const condition = conditionOf(instance);
  const gone = isGone(condition);
  return (
    <>
      <PageHeader
        crumbs={[
          { name: t.shell.overview, href: '/' },
          { name: instance.service, href: `/services/${instance.service}` },
        ]}
        // Of the same name as its service it would look like the same place twice.
        here={instance.name === instance.service ? instance.id : instance.name}
        sign={<ConditionGlyph condition={condition} size={18} />}
        sentence={<LiveSentence instance={instance} />}
        actions={!gone && <CaptureButton target={{ instance }} look="primary" isMain />}
      >
        {gone && <GoneHint instance={instance} />}
        {!gone && instance.connection.state !== 'connected' && instance.lastHeardAt && (
          <p className="mt-0.5 text-muted">
            {t.fleet.instance.fact.lastHeard} <Ago at={instance.lastHeardAt} />
          </p>
        )}
      </PageHeader>
      <div className="grid gap-x-10 gap-y-2 px-4 pb-10 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="min-w-0">
          <Charts instance={instance} isLiving={!gone} />
          <InstanceResources instance={instance} />
          {instance.actionTypes.length > 0 && <InstanceActions instance={instance} />}
          <Section title={t.fleet.instance.captures}>
            <CaptureTable filter={{ instanceId: id }} within="instance" />
          </Section>
        </div>
        <aside className="min-w-0">
          {!gone && <InstanceCaptures instance={instance} />}
          <ThreadList instance={instance} />
          <InstanceFacts instance={instance} />
          <Events id={id} />
        </aside>
      </div>
    </>
  );
}

function InstanceActions({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords();
  return (
    <Section title={t.action.offers.title}>
      <ActionOffers subject={{ instances: [instance] }} />
      <ActionTable filter={{ instanceId: instance.id }} within="instance" />
    </Section>
  );
}

function Charts({ instance, isLiving }: { instance: InstanceDetail; isLiving: boolean }) {
  const { t } = useWords();
  const events = useQuery(timelineQuery({ instanceId: instance.id })).data;
  const marks = useMemo(() => marksOf(events ?? []), [events]);
  return (
    <Section title={t.fleet.instance.charts}>
      <Suspense fallback={<Skeleton className="mt-2 h-72 w-full" />}>
        <VitalsCharts id={instance.id} marks={marks} isLiving={isLiving} />
      </Suspense>
    </Section>
  );
}

function Events({ id }: { id: InstanceId }) {
  const { t } = useWords();
  const events = useQuery(timelineQuery({ instanceId: id })).data;
  return (
    <Section title={t.fleet.instance.events}>
      {events && <EventList events={events.slice(0, 20)} empty={t.fleet.overview.noEvents} />}
    </Section>
  );
}

/** What became of it: the process that took its place. */
function GoneHint({ instance }: { instance: InstanceDetail }) {
  const { t } = useWords();
  const siblings =
    useQuery(servicesQuery()).data?.find(({ name }) => name === instance.service)?.instances ?? [];
  const successor = siblings.find(
    (other) =>
      other.id !== instance.id && other.name === instance.name && other.startedAt > instance.startedAt,
  );
  return (
    <p className="mt-0.5 text-muted">
      {t.fleet.instance.deadHint}{' '}
      {successor && (
        <Link href={`/instances/${successor.id}`} className="text-text underline">
          {t.fleet.instance.successor(successor.id)}
        </Link>
      )}
    </p>
  );
}

function isForgotten(error: unknown): boolean {
  return error instanceof RequestFailed && (error.status === 404 || error.status === 400);
}

function NotFound({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <PageHeader
      crumbs={[{ name: t.shell.overview, href: '/' }]}
      here={id}
      sentence={t.fleet.instance.notFound}
    >
      <EmptyState>{t.fleet.instance.notFoundDetail}</EmptyState>
    </PageHeader>
  );
}

function Missing({ id, query }: { id: InstanceId; query: { error: unknown; refetch(): unknown } }) {
  const { t } = useWords();
  if (isForgotten(query.error)) return <NotFound id={id} />;
  return (
    <div aria-busy={query.error === null}>
      <PageHeader
        crumbs={[{ name: t.shell.overview, href: '/' }]}
        here={id}
        sentence={query.error ? t.shell.errors.title : t.shell.loading}
      />
      <div className="px-4">
        {query.error ? (
          <FailedState error={query.error} retry={() => query.refetch()} />
        ) : (
          <Skeleton className="h-72 w-full" />
        )}
      </div>
    </div>
  );
}
