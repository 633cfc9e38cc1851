'use client';

import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo } from 'react';
import type { Service } from '#contract';
import { ActionOffers } from '../../_action/action-offers.tsx';
import { ActionTable } from '../../_action/action-table.tsx';
import { CaptureButton } from '../../_capture/capture-button.tsx';
import { CaptureTable } from '../../_capture/capture-table.tsx';
import { useFillVitals } from '../../_data/fill-vitals.ts';
import { servicesQuery, timelineQuery } from '../../_data/queries.ts';
import { useWords } from '../../_messages/words.tsx';
import { useDocumentTitle } from '../../_ui/document-title.ts';
import { lazyPart } from '../../_ui/lazy-part.ts';
import { PageHeader } from '../../_ui/page-header.tsx';
import { Section } from '../../_ui/section.tsx';
import { EmptyState, FailedState, Skeleton } from '../../_ui/states.tsx';
import { Tabs } from '../../_ui/tabs.tsx';
import { choice, useUrlState } from '../../_ui/url-state.ts';
import { ConditionGlyph } from '../condition-glyph.tsx';
import { connectedIds } from '../connected.ts';
import { EventList } from '../event-list.tsx';
import { conditionOfService } from '../fleet-state.ts';
import { serviceSentence } from '../sentence.ts';
import { InstanceTable } from './instance-table.tsx';

const ServiceResources = lazyPart(() => import('../../_resources/service-resources.tsx'));

const TABS = ['instances', 'resources', 'actions', 'captures', 'events'] as const;
const TAB = choice(TABS, 'instances');

export function ServicePage({ name }: { name: string }) {
  const { t } = useWords();
  useDocumentTitle(name);
  const services = useQuery(servicesQuery());
  const service = services.data?.find((other) => other.name === name);
  useFillVitals(useMemo(() => connectedIds(service === undefined ? [] : [service]), [service]));
  const [tab, setTab] = useUrlState('tab', TAB);
  const crumbs = [{ name: t.shell.overview, href: '/' }];
  if (service === undefined)
    return (
      <div aria-busy={services.isPending}>
        <PageHeader
          crumbs={crumbs}
          here={name}
          sentence={services.data === undefined ? t.fleet.sentence.loading : t.fleet.service.notFound(name)}
        />
        <div className="px-4">
          {services.isError && <FailedState error={services.error} retry={() => services.refetch()} />}
          {services.data !== undefined && <EmptyState>{t.fleet.service.notFoundDetail}</EmptyState>}
        </div>
      </div>
    );
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        here={name}
        sign={<ConditionGlyph condition={conditionOfService(service)} size={18} />}
        sentence={<span aria-live="polite">{serviceSentence(service, t)}</span>}
        actions={<CaptureButton target={{ service }} look="primary" isMain />}
      >
        <p className="mt-0.5 text-muted">
          {t.fleet.tiers[service.tier]} ·{' '}
          {service.versions.length > 1
            ? t.fleet.service.versionsMixed(service.versions)
            : service.versions[0]}
        </p>
      </PageHeader>
      <Tabs
        label={t.fleet.service.tabsLabel}
        value={tab}
        onChange={setTab}
        tabs={TABS.map((value) => ({ value, label: t.fleet.service.tabs[value] }))}
      >
        {tab === 'instances' && <InstanceTable service={service} />}
        {tab === 'resources' && (
          <Suspense fallback={<Skeleton className="h-6 w-full" />}>
            <ServiceResources service={service} />
          </Suspense>
        )}
        {tab === 'actions' && <ServiceActions service={service} />}
        {tab === 'captures' && <CaptureTable filter={{ service: name }} within="service" />}
        {tab === 'events' && <ServiceEvents name={name} />}
      </Tabs>
    </>
  );
}

function ServiceActions({ service }: { service: Service }) {
  const { t } = useWords();
  return (
    <>
      <ActionOffers subject={{ service }} />
      <Section title={t.action.offers.past}>
        <ActionTable filter={{ service: service.name }} within="service" />
      </Section>
    </>
  );
}

function ServiceEvents({ name }: { name: string }) {
  const { t } = useWords();
  const events = useQuery(timelineQuery({ service: name }));
  if (events.data === undefined)
    return events.isError ? <FailedState error={events.error} retry={() => events.refetch()} /> : null;
  return <EventList events={events.data} empty={t.fleet.overview.noEvents} />;
}
