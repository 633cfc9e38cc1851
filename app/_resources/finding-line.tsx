'use client';

import type { FleetResource, Instance } from '#contract';
import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { ResourceActions } from './resource-actions.tsx';
import { resourceHref } from './resource-key.ts';

/** What a service found wrong in itself, with the way to its evidence and what it suggests to do. */
export default function FindingLine({
  found,
  instance,
}: {
  found: FleetResource;
  instance: Instance | undefined;
}) {
  const { t } = useWords();
  const { instanceId, instanceName, resource } = found;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline py-1.5">
      <span className="inline-flex w-40 items-center gap-2 font-medium">
        <ConditionGlyph condition="strained" />
        <Link href={`/instances/${instanceId}`} className="truncate hover:underline">
          {instanceName}
        </Link>
      </span>
      <span className="w-44 text-attention">
        <Link
          href={resourceHref(instanceId, resource)}
          className="block truncate hover:underline"
          title={t.resources.findings.lookInto(resource.name, instanceName)}
        >
          {resource.name}
        </Link>
      </span>
      <span className="min-w-0 flex-1 basis-72 text-muted [overflow-wrap:anywhere]">
        {resource.finding?.sentence}
      </span>
      <ResourceActions instance={instance} resource={resource} />
    </li>
  );
}
