'use client';

import type { ActionOffer, Instance, Resource } from '#contract';
import { ActionButton } from '../_action/action-button.tsx';
import { actionsFor } from './offers-of.ts';

/** The buttons of what can be done about a resource on its instance. */
export function ResourceActions({
  instance,
  resource,
  offers,
}: {
  /** Undefined until it is known. */
  instance: Instance | undefined;
  resource: Resource;
  /** Of its instance. */
  offers: readonly ActionOffer[];
}) {
  if (instance === undefined) return null;
  const actions = actionsFor(resource, offers);
  if (actions.length === 0) return null;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {actions.map(({ type, title, params }) => (
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
