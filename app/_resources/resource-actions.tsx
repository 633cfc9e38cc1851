'use client';

import { useQuery } from '@tanstack/react-query';
import type { Instance, Resource } from '#contract';
import { ActionButton } from '../_action/action-button.tsx';
import { instanceQuery } from '../_data/queries.ts';
import { actionsFor, mayOffer } from './offers-of.ts';

/** The buttons of what can be done about a resource on its instance. */
export function ResourceActions({
  instance,
  resource,
}: {
  /** Undefined until it is known. */
  instance: Instance | undefined;
  resource: Resource;
}) {
  if (instance === undefined || !mayOffer(instance, resource)) return null;
  return <Offered instance={instance} resource={resource} />;
}

function Offered({ instance, resource }: { instance: Instance; resource: Resource }) {
  // Asked once, for all its resources: what it offers does not change while it runs. What is suggested needs no asking.
  const { data } = useQuery({
    ...instanceQuery(instance.id),
    refetchInterval: false,
    enabled: !resource.finding?.action,
  });
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {actionsFor(resource, data?.actions ?? NONE).map(({ type, title, params }) => (
        <ActionButton
          key={type}
          target={{ instances: [instance] }}
          type={type}
          params={params}
          title={title ?? undefined}
          small
        />
      ))}
    </span>
  );
}

const NONE: never[] = [];
