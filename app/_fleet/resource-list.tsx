'use client';

import type { ReactNode } from 'react';
import type { ActionOffer, Resource } from '#contract';
import type { Formats } from '../_format/formats.ts';
import { useWords } from '../_messages/words.tsx';

/** Figures of a resource with the unit that the service gave; what is a unit of ours is written our way. */
export function measureText(value: number, unit: string, f: Formats): string {
  switch (unit) {
    case 'bytes':
    case 'byte':
    case 'By':
      return f.bytes(value);
    case 'ms':
      return f.milliseconds(value);
    case 's':
    case 'seconds':
      return f.duration(value);
    case 'ratio':
    case 'fraction':
      return f.percent(value);
    case '':
    case '1':
      return f.number(value, 2);
    default:
      // A rate such as "1/min" is written without its one.
      return unit.startsWith('1/')
        ? `${f.number(value, 2)}${unit.slice(1)}`
        : `${f.number(value, 2)}\u00a0${unit}`;
  }
}

export interface OwnedResource {
  /** The instance that has it, where several are listed. */
  owner?: ReactNode;
  /** Unique among all that are listed. */
  key: string;
  resource: Resource;
}

export function ResourceList({
  caption,
  resources,
}: {
  caption: string;
  resources: readonly OwnedResource[];
}) {
  const { t, f } = useWords();
  const words = t.fleet.resources;
  const hasOwners = resources.some(({ owner }) => owner !== undefined);
  const head = 'h-8 border-b border-hairline-strong pr-4 text-left text-sm font-normal text-muted';
  const cell = 'border-b border-hairline py-1.5 pr-4 align-top';
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={head}>
              {words.columns.name}
            </th>
            <th scope="col" className={head}>
              {words.columns.kind}
            </th>
            {hasOwners && (
              <th scope="col" className={head}>
                {words.columns.instance}
              </th>
            )}
            <th scope="col" className={`${head} w-1/2`}>
              {words.columns.measures}
            </th>
          </tr>
        </thead>
        <tbody>
          {resources.map(({ key, owner, resource }) => (
            <tr key={key} className="hover:bg-hover">
              <th
                scope="row"
                className={`${cell} text-left font-normal`}
                title={resource.description || undefined}
              >
                <span className="font-medium">{resource.name}</span>
                {resource.description && <span className="block text-muted">{resource.description}</span>}
              </th>
              <td className={`${cell} text-muted`}>{resource.kind}</td>
              {hasOwners && <td className={`${cell} whitespace-nowrap`}>{owner}</td>}
              <td className={cell}>
                {resource.error !== null ? (
                  <span className="text-attention">{words.unreadable(resource.error)}</span>
                ) : (
                  <dl className="flex flex-wrap gap-x-5 gap-y-0.5" data-live="">
                    {resource.measures.map((measure) => (
                      <div key={measure.name} className="flex gap-1.5">
                        <dt className="text-muted">{measure.name}</dt>
                        <dd>{measureText(measure.value, measure.unit, f)}</dd>
                      </div>
                    ))}
                  </dl>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Read only: what the service would allow to be done. */
export function ActionOffers({ actions }: { actions: readonly ActionOffer[] }) {
  const { t } = useWords();
  if (actions.length === 0) return null;
  return (
    <section className="mt-6">
      <h2 className="border-b border-hairline-strong pb-1 text-sm text-muted">{t.fleet.resources.actions}</h2>
      <p className="pt-1.5 text-muted">{t.fleet.resources.actionsDetail}</p>
      <dl>
        {actions.map((action) => (
          <div key={action.type} className="flex flex-wrap gap-x-3 border-b border-hairline py-1.5">
            <dt>
              <span className="font-medium">{action.title}</span>{' '}
              <code className="font-mono text-sm text-muted">{action.type}</code>
            </dt>
            <dd className="text-muted">{action.description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
