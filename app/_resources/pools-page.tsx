'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Instance, InstanceId } from '#contract';
import { resourcesQuery } from '../_data/resource-queries.ts';
import type { Condition } from '../_fleet/condition.ts';
import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { useWords } from '../_messages/words.tsx';
import { DataTable } from '../_ui/data-table.tsx';
import { Select } from '../_ui/field.tsx';
import { FilterField } from '../_ui/filter-field.tsx';
import { NameSelect } from '../_ui/name-select.tsx';
import { PageHeader } from '../_ui/page-header.tsx';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { choice, sort, text, useUrlState } from '../_ui/url-state.ts';
import { isAnswering } from './answering.ts';
import { ResourceItems } from './lazy-resource-items.tsx';
import { newestRead } from './newest-read.ts';
import { NotAnswering } from './not-answering.tsx';
import { isPoolShown, type Pool, type PoolsState, poolsState, toPool } from './pool.ts';
import { usePoolColumns } from './pool-columns.tsx';
import { ResourceActions } from './resource-actions.tsx';
import { useInstances } from './use-instances.ts';
import { useShownRow } from './use-shown-row.ts';

const FILTER = text();
const HEALTH = choice(['', 'stale', 'well', 'unread'], '');
const GAME = text();
const INSTANCE = text();
const OPEN = text();
const SORT = sort({ column: 'stale', descending: true });

/** Where connections sit, and which are dead. */
export function PoolsPage() {
  const { t } = useWords();
  const words = t.resources.pools;
  const resources = useQuery(resourcesQuery({ kind: 'pool' }));
  const instances = useInstances();
  const pools = useMemo(
    () =>
      resources.data?.map(toPool).sort((a, b) =>
        // Those of one instance stay together, whatever the table sorts by.
        `${a.instanceName} ${a.resource.name}`.localeCompare(
          `${b.instanceName} ${b.resource.name}`,
          undefined,
          { numeric: true },
        ),
      ),
    [resources.data],
  );
  const state = pools && poolsState(pools, ({ instanceId }) => isAnswering(instances.get(instanceId)));
  const sentence =
    state === undefined ? words.loading : state.pools === 0 ? words.empty : words.sentence(state);
  return (
    <div aria-busy={resources.isPending}>
      <PageHeader
        sentence={
          <span aria-live="polite">{resources.isError && pools === undefined ? words.title : sentence}</span>
        }
        sign={
          state !== undefined && state.pools > 0 && <ConditionGlyph condition={signOf(state)} size={18} />
        }
      />
      <div className="px-4 pb-10">
        {resources.isError && pools === undefined && (
          <FailedState error={resources.error} retry={() => resources.refetch()} />
        )}
        {resources.isPending && <Skeleton className="h-6 w-full" />}
        {pools?.length === 0 && <EmptyState>{words.emptyDetail}</EmptyState>}
        {pools !== undefined && pools.length > 0 && <Pools pools={pools} instances={instances} />}
      </div>
    </div>
  );
}

function signOf({ stale, unread, outdated }: PoolsState): Condition {
  if (stale > 0) return 'dead';
  return unread + outdated > 0 ? 'unknown' : 'well';
}

function Pools({
  pools,
  instances,
}: {
  pools: readonly Pool[];
  instances: ReadonlyMap<InstanceId, Instance>;
}) {
  const { t } = useWords();
  const words = t.resources.pools;
  const [typed, setTyped] = useUrlState('q', FILTER);
  const [health, setHealth] = useUrlState('state', HEALTH);
  const [game, setGame] = useUrlState('game', GAME);
  const [instance, setInstance] = useUrlState('instance', INSTANCE);
  const [order, setOrder] = useUrlState('sort', SORT);
  const [open, setOpen] = useUrlState('open', OPEN);
  const toggle = useCallback((key: string) => setOpen(key === open ? '' : key), [open, setOpen]);
  useShownRow(open);
  const shown = pools.filter((pool) => isPoolShown(pool, { typed, health, game, instance }));
  const columns = usePoolColumns({ instances, open, toggle });
  return (
    <>
      <StandingStill pools={pools} instances={instances} />
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <FilterField label={words.filter} value={typed} onChange={setTyped} className="w-full max-w-72" />
        <Select
          aria-label={words.healthLabel}
          value={health}
          onChange={(event) => setHealth(HEALTH.parse(event.target.value) ?? '')}
        >
          <option value="">{words.allHealths}</option>
          <option value="stale">{words.healths.stale}</option>
          <option value="well">{words.healths.well}</option>
          <option value="unread">{words.healths.unread}</option>
        </Select>
        <NameSelect
          label={words.gameLabel}
          all={words.allGames}
          names={pools.map((pool) => pool.game)}
          value={game}
          onChange={setGame}
        />
        <NameSelect
          label={words.instanceLabel}
          all={words.allInstances}
          names={pools.map((pool) => pool.instanceName)}
          value={instance}
          onChange={setInstance}
        />
        <span className="text-muted" aria-live="polite">
          {t.shell.table.rows(shown.length, pools.length, words.poolsNoun(pools.length))}
        </span>
      </div>
      <DataTable
        caption={words.caption}
        columns={columns}
        rows={shown}
        idOf={keyOf}
        nameOf={nameOf}
        sort={order}
        onSort={setOrder}
        isFaded={({ health: own }) => own === 'unread'}
        opening={{
          isOpen: (pool) => pool.key === open,
          detail: (pool) => (
            <ResourceItems
              instanceId={pool.instanceId}
              instanceName={pool.instanceName}
              resource={pool.resource}
              actions={<ResourceActions instance={instances.get(pool.instanceId)} resource={pool.resource} />}
            />
          ),
        }}
      />
      {shown.length === 0 && <p className="py-4 text-muted">{t.shell.table.nothingMatches}</p>}
    </>
  );
}

/** Instances whose pools cannot be read now. */
function StandingStill({
  pools,
  instances,
}: {
  pools: readonly Pool[];
  instances: ReadonlyMap<InstanceId, Instance>;
}) {
  const ids = [...new Set(pools.map(({ instanceId }) => instanceId))];
  return ids.map((id) => {
    const instance = instances.get(id);
    const read = pools.filter(({ instanceId }) => instanceId === id).map(({ resource }) => resource);
    return instance && <NotAnswering key={id} instance={instance} numbersAt={newestRead(read)} />;
  });
}

const keyOf = ({ key }: Pool) => key;
const nameOf = ({ resource }: Pool) => resource.name;
