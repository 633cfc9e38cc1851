'use client';

import { useMemo, useState } from 'react';
import type { Instance, InstanceId, Service } from '#contract';
import { useOpenCapture } from '../../_capture/capture-context.tsx';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { FilterField } from '../../_ui/filter-field.tsx';
import { RecordIcon } from '../../_ui/icons.tsx';
import { matches } from '../../_ui/match.ts';
import { flag, sort, text, useUrlState } from '../../_ui/url-state.ts';
import { conditionOf, isGone } from '../condition.ts';
import { useInstanceColumns } from './instance-columns.tsx';
import { COMPARED_VITALS, type ComparedVital, type StandingOut, standingOut } from './standing-out.ts';
import { type MeasuredInstance, useVitalsSnapshot } from './vitals-snapshot.ts';

const FILTER = text();
const SORT = sort({ column: 'name', descending: false });

/** The instances of a service with their vitals: who is odd, and a capture of those that are chosen. */
export function InstanceTable({ service }: { service: Service }) {
  const { t } = useWords();
  const [filter, setFilter] = useUrlState('q', FILTER);
  const [order, setOrder] = useUrlState('sort', SORT);
  const [withGone, setWithGone] = useUrlState('ended', flag);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const measured = useVitalsSnapshot(service.instances);
  const odd = useMemo(() => standingOut(measured), [measured]);
  const columns = useInstanceColumns(service.instances, odd);
  const gone = service.instances.filter((instance) => isGone(conditionOf(instance)));
  const hasLiving = gone.length < service.instances.length;
  const rows = useMemo(
    () => measured.filter(({ instance }) => isShown(instance, filter, withGone || !hasLiving)),
    [measured, filter, withGone, hasLiving],
  );
  const present = new Set<string>(service.instances.map(({ id }) => id));
  const chosen = new Set([...selected].filter((id) => present.has(id)));
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <FilterField
          label={t.fleet.service.filter}
          value={filter}
          onChange={setFilter}
          className="w-full max-w-72"
        />
        <span className="text-muted" aria-live="polite">
          {t.shell.table.rows(
            rows.length,
            service.instances.length,
            t.fleet.instancesNoun(service.instances.length),
          )}
        </span>
        {gone.length > 0 && hasLiving && (
          <Button look="quiet" small onClick={() => setWithGone(!withGone)} aria-pressed={withGone}>
            {withGone ? t.fleet.service.hideGone : t.fleet.service.showGone(gone.length)}
          </Button>
        )}
        <SelectionActions service={service.name} chosen={chosen} clear={() => setSelected(new Set())} />
      </div>
      <OutlierNote measured={measured} odd={odd} />
      <DataTable
        caption={t.fleet.service.tableCaption(service.name)}
        columns={columns}
        rows={rows}
        idOf={idOf}
        nameOf={nameOf}
        sort={order}
        onSort={setOrder}
        selection={{ ids: chosen, change: setSelected }}
        isFaded={({ instance }) => isGone(conditionOf(instance))}
      />
      {rows.length === 0 && measured.length > 0 && (
        <p className="py-4 text-muted">{t.shell.table.nothingMatches}</p>
      )}
    </>
  );
}

const idOf = ({ instance }: MeasuredInstance) => instance.id;
const nameOf = ({ instance }: MeasuredInstance) => instance.name;

function isShown(instance: Instance, filter: string, withGone: boolean): boolean {
  const condition = conditionOf(instance);
  if (!withGone && isGone(condition)) return false;
  return (
    filter === '' || matches(filter, instance.name, instance.host, instance.version, instance.id, condition)
  );
}

function SelectionActions({
  service,
  chosen,
  clear,
}: {
  service: string;
  chosen: ReadonlySet<string>;
  clear(): void;
}) {
  const { t } = useWords();
  const open = useOpenCapture();
  if (chosen.size === 0) return null;
  return (
    <div className="ml-auto flex items-center gap-2">
      <Button look="quiet" onClick={clear}>
        {t.fleet.service.clearSelection}
      </Button>
      <Button onClick={() => open({ service, instanceIds: [...chosen] as InstanceId[] })}>
        <RecordIcon />
        {t.fleet.service.captureSelected(chosen.size)}
      </Button>
    </div>
  );
}

const MOST_NAMES = 3;
const COLUMN_OF = {
  cpuCores: 'cpu',
  rssBytes: 'memory',
  heapUsedBytes: 'heap',
  loopDelayP99Ms: 'delay',
} as const satisfies Record<ComparedVital, string>;

/** Names those that stand out, so that nobody has to compare columns. */
function OutlierNote({ measured, odd }: { measured: readonly MeasuredInstance[]; odd: StandingOut }) {
  const { t } = useWords();
  if (odd.size === 0) return null;
  const sentences = COMPARED_VITALS.flatMap((vital) => {
    const names = measured.filter(({ instance }) => odd.get(instance.id)?.[vital] !== undefined).map(nameOf);
    if (names.length === 0) return [];
    const shown =
      names.length > MOST_NAMES + 1
        ? [...names.slice(0, MOST_NAMES), t.fleet.service.outlierMore(names.length - MOST_NAMES)]
        : names;
    return [t.fleet.service.outlierSummary(shown, t.fleet.columns[COLUMN_OF[vital]])];
  });
  return <p className="pb-2 text-attention">{sentences.join(' ')}</p>;
}
