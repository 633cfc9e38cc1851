'use client';

import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { Service } from '#contract';
import { instanceQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { FilterField } from '../_ui/filter-field.tsx';
import { matches } from '../_ui/match.ts';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { text, useUrlState } from '../_ui/url-state.ts';
import { newestRead } from './newest-read.ts';
import { NotAnswering } from './not-answering.tsx';
import { ResourceList } from './resource-list.tsx';

/** Each instance is asked by itself; a large service is read part by part. */
const AT_ONCE = 16;
const FILTER = text();

/** What the instances of a service have: pools, rooms, queues, with their measures and what is in them. */
export default function ServiceResources({ service }: { service: Service }) {
  const { t } = useWords();
  const words = t.resources;
  const [read, setRead] = useState(AT_ONCE);
  const [filter, setFilter] = useUrlState('q', FILTER);
  const connected = service.instances
    .filter((instance) => instance.connection.state === 'connected')
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const details = useQueries({ queries: connected.slice(0, read).map(({ id }) => instanceQuery(id)) });
  const known = details.flatMap((query) => (query.data ? [query.data] : []));
  const failed = details.find((query) => query.isError && query.data === undefined);
  if (connected.length === 0) return <EmptyState title={words.offline} />;
  if (known.length === 0 && failed)
    return <FailedState error={failed.error} retry={() => details.map((query) => query.refetch())} />;
  if (known.length === 0) return <Skeleton className="h-6 w-full" />;
  const resources = known.flatMap((instance) =>
    instance.resources.map((resource) => ({
      instance,
      resource,
      found: matches(filter, resource.name, resource.kind, resource.description, instance.name),
    })),
  );
  return (
    <>
      {known.map((instance) => (
        <NotAnswering key={instance.id} instance={instance} numbersAt={newestRead(instance.resources)} />
      ))}
      {resources.length === 0 ? (
        <EmptyState title={words.none}>{words.noneDetail}</EmptyState>
      ) : (
        <>
          <FilterField
            label={t.shell.filter}
            value={filter}
            onChange={setFilter}
            className="mb-2 w-full max-w-72"
          />
          <ResourceList
            caption={words.caption(service.name)}
            resources={resources.filter(({ found }) => found)}
            withOwners
          />
        </>
      )}
      {connected.length > read && (
        <Button className="mt-3" onClick={() => setRead(read + AT_ONCE)}>
          {words.more(Math.min(AT_ONCE, connected.length - read))}
        </Button>
      )}
    </>
  );
}
