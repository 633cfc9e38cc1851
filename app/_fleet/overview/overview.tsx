'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Service } from '#contract';
import { RunningActions } from '../../_action/running-actions.tsx';
import { isRunning } from '../../_capture/progress.ts';
import { RunningCard } from '../../_capture/running-card.tsx';
import { useFillVitals } from '../../_data/fill-vitals.ts';
import { capturesQuery, servicesQuery, timelineQuery } from '../../_data/queries.ts';
import { useWords } from '../../_messages/words.tsx';
import { FilterField } from '../../_ui/filter-field.tsx';
import { Link } from '../../_ui/link.tsx';
import { FailedState, Skeleton } from '../../_ui/states.tsx';
import { text, useUrlState } from '../../_ui/url-state.ts';
import { connectedIds } from '../connected.ts';
import { EventList } from '../event-list.tsx';
import { fleetState } from '../fleet-state.ts';
import { EmptyFleet } from './empty-fleet.tsx';
import { overviewRows } from './rows.ts';
import { ServiceRows } from './service-rows.tsx';
import { StateOfFleet } from './state-of-fleet.tsx';

const FILTER = text();
/** Up to this many services, the events stand below them; else at the side, where they are seen without scrolling. */
const SHORT_FLEET = 12;

export function Overview() {
  const services = useQuery(servicesQuery());
  const state = useMemo(() => fleetState(services.data ?? []), [services.data]);
  const isEmpty = services.data !== undefined && state.state === 'empty';
  useFillVitals(useMemo(() => connectedIds(services.data ?? []), [services.data]));
  const isShort = (services.data?.length ?? 0) <= SHORT_FLEET;
  return (
    <div aria-busy={services.isPending}>
      <StateOfFleet state={services.data === undefined ? null : state} />
      <div className="grid gap-x-8 gap-y-6 px-4 pb-10 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="order-2 min-w-0 xl:order-1">
          {services.isError && services.data === undefined && (
            <FailedState error={services.error} retry={() => services.refetch()} />
          )}
          {services.isPending && <LoadingRows />}
          {isEmpty ? <EmptyFleet /> : services.data && <Services services={services.data} />}
          {isShort && !isEmpty && <RecentEvents />}
        </div>
        <aside className="order-1 min-w-0 xl:sticky xl:top-11 xl:order-2 xl:max-h-[calc(100vh-2.75rem)] xl:self-start xl:overflow-y-auto">
          {!isEmpty && <RunningActions />}
          {!isEmpty && <RunningCaptures />}
          {!isShort && <RecentEvents />}
        </aside>
      </div>
    </div>
  );
}

function Services({ services }: { services: readonly Service[] }) {
  const { t } = useWords();
  const [filter, setFilter] = useUrlState('q', FILTER);
  const rows = useMemo(() => overviewRows(services, filter), [services, filter]);
  return (
    <section aria-label={t.fleet.overview.services}>
      {services.length > 3 && (
        <FilterField
          label={t.fleet.overview.filter}
          value={filter}
          onChange={setFilter}
          className="mb-2 w-full max-w-80"
        />
      )}
      {rows.length === 0 ? (
        <p className="py-4 text-muted">{t.fleet.overview.noMatch(filter)}</p>
      ) : (
        <ServiceRows rows={rows} />
      )}
    </section>
  );
}

function RunningCaptures() {
  const { t } = useWords();
  const captures = useInfiniteQuery(capturesQuery());
  const running = captures.data?.pages.flatMap((page) => page.captures).filter(isRunning) ?? [];
  return (
    <section aria-labelledby="running">
      <div className="flex items-baseline justify-between border-b border-hairline-strong pb-1">
        <h2 id="running" className="text-sm text-muted">
          {t.fleet.overview.running}
        </h2>
        <Link href="/captures" className="text-sm text-muted hover:text-text hover:underline">
          {t.fleet.overview.allCaptures}
        </Link>
      </div>
      {captures.data !== undefined && running.length === 0 && (
        <p className="py-2.5 text-muted">{t.fleet.overview.noneRunning}</p>
      )}
      {running.map((capture) => (
        <RunningCard key={capture.id} capture={capture} />
      ))}
    </section>
  );
}

function RecentEvents() {
  const { t } = useWords();
  const events = useQuery(timelineQuery());
  return (
    <section aria-labelledby="recent" className="mt-8">
      <h2 id="recent" className="border-b border-hairline-strong pb-1 text-sm text-muted">
        {t.fleet.overview.recent}
      </h2>
      {events.data !== undefined && (
        <EventList events={events.data.slice(0, 12)} empty={t.fleet.overview.noEvents} />
      )}
    </section>
  );
}

function LoadingRows() {
  return (
    <div className="flex flex-col gap-3 pt-10">
      {['w-full', 'w-11/12', 'w-full', 'w-10/12'].map((width) => (
        <Skeleton key={width} className={`h-6 ${width}`} />
      ))}
    </div>
  );
}
