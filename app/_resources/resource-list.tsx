'use client';

import { useCallback, useMemo } from 'react';
import type { Instance, Resource } from '#contract';
import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { useWords } from '../_messages/words.tsx';
import { type Column, DataTable } from '../_ui/data-table.tsx';
import { Link } from '../_ui/link.tsx';
import { OpenButton } from '../_ui/open-button.tsx';
import { sort, text, useUrlState } from '../_ui/url-state.ts';
import { ResourceItems } from './lazy-resource-items.tsx';
import { measureText } from './measure-text.ts';
import { mayOffer } from './offers-of.ts';
import { ResourceActions } from './resource-actions.tsx';
import { resourceKey } from './resource-key.ts';
import { useShownRow } from './use-shown-row.ts';

export interface OwnedResource {
  instance: Instance;
  resource: Resource;
}

const SORT = sort({ column: 'name', descending: false });
const OPEN = text();

/** Resources with their measures; a row opens to what is in it. */
export function ResourceList({
  caption,
  resources,
  withOwners = false,
}: {
  caption: string;
  resources: readonly OwnedResource[];
  /** Where those of several instances are listed. */
  withOwners?: boolean;
}) {
  const [order, setOrder] = useUrlState('by', SORT);
  const [open, setOpen] = useUrlState('open', OPEN);
  const toggle = useCallback((key: string) => setOpen(key === open ? '' : key), [open, setOpen]);
  useShownRow(open);
  const withActions = resources.some(({ instance, resource }) => mayOffer(instance, resource));
  const columns = useColumns({ open, toggle, withOwners, withActions });
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={resources}
      idOf={keyOf}
      nameOf={nameOf}
      sort={order}
      onSort={setOrder}
      opening={{
        isOpen: (owned) => keyOf(owned) === open,
        detail: (owned) => (
          <ResourceItems
            instanceId={owned.instance.id}
            instanceName={owned.instance.name}
            resource={owned.resource}
            actions={<ResourceActions {...owned} />}
          />
        ),
      }}
    />
  );
}

function useColumns({
  open,
  toggle,
  withOwners,
  withActions,
}: {
  open: string;
  toggle(key: string): void;
  withOwners: boolean;
  withActions: boolean;
}): Column<OwnedResource>[] {
  const { t } = useWords();
  return useMemo(() => {
    const words = t.resources.columns;
    const columns: (Column<OwnedResource> & { omitted?: boolean })[] = [
      {
        id: 'name',
        header: words.name,
        width: 'sm:w-54',
        wraps: true,
        value: ({ resource }) => resource.name,
        cell: (owned) => (
          <span className="flex items-center gap-1.5">
            <OpenButton
              isOpen={keyOf(owned) === open}
              label={owned.resource.description || t.resources.open(owned.resource.name, owned.instance.name)}
              onToggle={() => toggle(keyOf(owned))}
            >
              {owned.resource.name}
            </OpenButton>
            {owned.resource.finding && <ConditionGlyph condition="strained" />}
          </span>
        ),
      },
      {
        id: 'kind',
        header: words.kind,
        width: 'w-22',
        from: 'xl',
        value: ({ resource }) => resource.kind,
        cell: ({ resource }) => <span className="text-muted">{resource.kind}</span>,
      },
      {
        id: 'instance',
        header: words.instance,
        width: 'w-28 lg:w-40',
        omitted: !withOwners,
        value: ({ instance }) => instance.name,
        cell: ({ instance }) => (
          <Link href={`/instances/${instance.id}`} className="hover:underline">
            {instance.name}
          </Link>
        ),
      },
      {
        id: 'measures',
        header: words.measures,
        from: 'sm',
        wraps: true,
        cell: ({ resource }) => <Measures resource={resource} />,
      },
      {
        id: 'action',
        header: words.action,
        width: 'w-52',
        from: 'md',
        omitted: !withActions,
        cell: (owned) => <ResourceActions {...owned} />,
      },
    ];
    return columns.filter((column) => column.omitted !== true);
  }, [t, open, toggle, withOwners, withActions]);
}

function Measures({ resource }: { resource: Resource }) {
  const { t, f } = useWords();
  if (resource.error !== null)
    return <span className="text-attention">{t.resources.unreadable(resource.error)}</span>;
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-0.5" data-live="">
      {resource.measures.map((measure) => (
        <div key={measure.name} className="flex gap-1.5">
          <dt className="text-muted">{measure.name}</dt>
          <dd className="figures">{measureText(measure, f)}</dd>
        </div>
      ))}
    </dl>
  );
}

const keyOf = ({ instance, resource }: OwnedResource) => resourceKey(instance.id, resource.id);
const nameOf = ({ resource }: OwnedResource) => resource.name;
