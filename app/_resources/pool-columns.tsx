'use client';

import { useMemo } from 'react';
import type { Instance, InstanceId } from '#contract';
import { conditionOf } from '../_fleet/condition.ts';
import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { useWords } from '../_messages/words.tsx';
import type { Column } from '../_ui/data-table.tsx';
import { Link } from '../_ui/link.tsx';
import { OpenButton } from '../_ui/open-button.tsx';
import { Age } from './age.tsx';
import { longestIdle, type Pool, type PoolFigures, totalOf } from './pool.ts';
import { ResourceActions } from './resource-actions.tsx';

interface PoolColumnsOptions {
  instances: ReadonlyMap<InstanceId, Instance>;
  open: string;
  toggle(key: string): void;
}

export function usePoolColumns({ instances, open, toggle }: PoolColumnsOptions): Column<Pool>[] {
  const { t, f } = useWords();
  return useMemo(() => {
    const words = t.resources.pools;
    const count = (id: 'healthy' | 'inFlight', width: string, from: 'md' | 'lg'): Column<Pool> => ({
      id,
      header: words.columns[id],
      title: words.columnTitles[id],
      width,
      from,
      numeric: true,
      value: (pool) => pool.figures[id],
      cell: (pool) => f.orDash(pool.figures[id], f.number),
      total: (pools) => f.orDash(totalOf(pools, id), f.number),
    });
    return [
      {
        id: 'name',
        header: words.columns.name,
        wraps: true,
        value: (pool) => pool.resource.name,
        cell: (pool) => (
          <OpenButton
            isOpen={pool.key === open}
            label={t.resources.open(pool.resource.name, pool.instanceName)}
            onToggle={() => toggle(pool.key)}
          >
            {pool.resource.name}
          </OpenButton>
        ),
        total: () => words.total,
      },
      {
        id: 'instance',
        header: words.columns.instance,
        width: 'w-32 lg:w-44',
        from: 'sm',
        value: (pool) => pool.instanceName,
        cell: (pool) => <Owner pool={pool} instance={instances.get(pool.instanceId)} />,
      },
      {
        id: 'size',
        header: words.columns.size,
        title: words.columnTitles.size,
        width: 'w-26',
        numeric: true,
        value: (pool) => pool.figures.size,
        cell: (pool) => sizeText(pool.figures),
        total: (pools) => f.orDash(totalOf(pools, 'size'), f.number),
      },
      count('healthy', 'w-20', 'md'),
      {
        id: 'stale',
        header: words.columns.stale,
        title: words.columnTitles.stale,
        width: 'w-16 sm:w-20',
        numeric: true,
        value: (pool) => pool.figures.stale,
        cell: (pool) => <Stale value={pool.figures.stale} />,
        total: (pools) => <Stale value={totalOf(pools, 'stale')} />,
      },
      count('inFlight', 'w-20', 'lg'),
      {
        id: 'longestIdle',
        header: words.columns.longestIdle,
        title: words.columnTitles.longestIdle,
        width: 'w-28',
        from: 'lg',
        numeric: true,
        value: (pool) => pool.figures.longestIdleSeconds,
        cell: (pool) => f.orDash(pool.figures.longestIdleSeconds, idleText),
        total: (pools) => f.orDash(longestIdle(pools), idleText),
      },
      {
        id: 'read',
        header: words.columns.read,
        title: words.columnTitles.read,
        width: 'w-24',
        from: 'lg',
        numeric: true,
        value: (pool) => (pool.resource.at === null ? null : Date.parse(pool.resource.at)),
        cell: (pool) => <Age at={pool.resource.at} />,
      },
      {
        id: 'action',
        header: words.columns.action,
        width: 'w-52',
        from: 'md',
        cell: (pool) => (
          <ResourceActions instance={instances.get(pool.instanceId)} resource={pool.resource} />
        ),
      },
    ];

    function sizeText({ size, target }: PoolFigures): string {
      return size === null || target === null || target === size
        ? f.orDash(size, f.number)
        : words.sizeOf(size, target);
    }

    /** Idle is a matter of seconds: parts of one only flicker. */
    function idleText(seconds: number): string {
      return f.duration(Math.floor(seconds));
    }
  }, [t, f, instances, open, toggle]);
}

function Owner({ pool, instance }: { pool: Pool; instance: Instance | undefined }) {
  const condition = instance && conditionOf(instance);
  return (
    <Link href={`/instances/${pool.instanceId}`} className="inline-flex items-center gap-1.5 hover:underline">
      {condition !== undefined && condition !== 'well' && <ConditionGlyph condition={condition} />}
      {pool.instanceName}
    </Link>
  );
}

/** Their number with its sign; none is quiet. */
function Stale({ value }: { value: number | null }) {
  const { f } = useWords();
  if (value === null || value === 0) return <span className="text-muted">{f.orDash(value, f.number)}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-bad">
      <ConditionGlyph condition="dead" size={11} />
      {f.number(value)}
    </span>
  );
}
