'use client';

import { memo, useEffect, useMemo, useReducer, useRef, useSyncExternalStore } from 'react';
import type { Service } from '#contract';
import { serverNow } from '../../_data/clock.ts';
import type { Tracked } from '../../_data/vitals-store.ts';
import { useWords } from '../../_messages/words.tsx';
import { Link } from '../../_ui/link.tsx';
import { LiveFigure } from '../../_ui/live-figure.tsx';
import { RowSpacer } from '../../_ui/row-spacer.tsx';
import { useRowWindow } from '../../_ui/row-window.ts';
import { Sparkline } from '../../_ui/sparkline.tsx';
import { InstanceCell } from '../instance-cell.tsx';
import { CellHints } from './cell-hint.tsx';
import { type Cells, cellsOf, type OverviewRow } from './rows.ts';
import { VersionLabel } from './version-label.tsx';

const TIER_HEIGHT = 34;
const SERVICE_HEIGHT = 41;
/** Without the one that narrow screens leave out: spanning more than there are would make columns. */
const COLUMNS = 5;
const HEADER =
  'sticky top-11 z-10 h-8 border-b border-hairline-strong bg-surface pr-4 text-left text-sm font-normal text-muted';
const CELL = 'h-[41px] border-b border-hairline py-1.5 pr-4';

/** Services by tier. Long fleets render only what is near the screen; on a phone the vitals but one are left out. */
export function ServiceRows({ rows }: { rows: readonly OverviewRow[] }) {
  const { t } = useWords();
  const body = useRef<HTMLTableSectionElement>(null);
  const near = useRowWindow(
    body,
    rows.length,
    (index) => (rows[index]?.row === 'tier' ? TIER_HEIGHT : SERVICE_HEIGHT),
    (index) => keyOf(rows[index]),
  );
  const isWide = useIsWide();
  const words = t.fleet.overview;
  return (
    <CellHints>
      <table
        aria-rowcount={rows.length + 1}
        className="w-full table-fixed border-separate border-spacing-0 max-md:block"
      >
        <caption className="sr-only">{words.services}</caption>
        <thead className="max-md:sr-only">
          <tr aria-rowindex={1}>
            <th scope="col" className={`w-44 ${HEADER}`}>
              {words.service}
            </th>
            <th scope="col" className={`hidden w-24 lg:table-cell ${HEADER}`}>
              {words.version}
            </th>
            <th scope="col" className={HEADER}>
              {words.cells}
            </th>
            <th scope="col" className={`w-40 ${HEADER}`} title={words.cpuTitle}>
              {words.cpu}
            </th>
            <th scope="col" className={`w-42 ${HEADER}`} title={words.memoryTitle}>
              {words.memory}
            </th>
            <th scope="col" className={`w-40 pr-0 ${HEADER}`} title={words.delayTitle}>
              {words.delay}
            </th>
          </tr>
        </thead>
        <tbody ref={body} className="max-md:block">
          <RowSpacer height={near.before} />
          {near.indices.map((index) => {
            const row = rows[index];
            if (row === undefined) return null;
            const place = {
              'aria-rowindex': index + 2,
              'data-index': index,
              ref: isOneLine(row) && isWide ? undefined : near.measure,
            };
            return row.row === 'tier' ? (
              <tr key={keyOf(row)} className="max-md:block" {...place}>
                <th
                  scope="rowgroup"
                  colSpan={COLUMNS}
                  className="h-[34px] border-b border-hairline pb-1 text-left align-bottom text-sm font-normal text-muted max-md:flex max-md:items-end"
                >
                  {t.fleet.tiers[row.tier]}
                </th>
                <td className="hidden border-b border-hairline lg:table-cell" />
              </tr>
            ) : (
              <tr
                key={keyOf(row)}
                className="relative z-0 hover:bg-hover max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:border-b max-md:border-hairline max-md:py-1.5"
                {...place}
              >
                <ServiceCells service={row.service} />
              </tr>
            );
          })}
          <RowSpacer height={near.after} />
        </tbody>
      </table>
    </CellHints>
  );
}

/** Measuring a row makes the browser lay everything out; a row of known height is spared that. */
function isOneLine(row: OverviewRow): boolean {
  return row.row === 'tier' || row.service.instances.length === 1;
}

const WIDE = '(min-width: 64rem)';

function useIsWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(WIDE).matches,
    () => true,
  );
}

function keyOf(row: OverviewRow | undefined): string {
  if (row === undefined) return '';
  return row.row === 'tier' ? `tier ${row.tier}` : row.service.name;
}

const ServiceCells = memo(function ServiceCells({ service }: { service: Service }) {
  const { f } = useWords();
  const cells = useCells(service);
  return (
    <>
      <th scope="row" className={`text-left max-md:border-0 max-md:p-0 ${CELL}`}>
        <Link href={`/services/${service.name}`} className="block truncate font-medium hover:underline">
          {service.name}
        </Link>
        <span className="font-normal lg:hidden">
          <VersionLabel service={service} />
        </span>
      </th>
      <td className={`hidden truncate lg:table-cell ${CELL}`}>
        <VersionLabel service={service} />
      </td>
      <td className={`max-md:order-last max-md:col-span-2 max-md:border-0 max-md:p-0 ${CELL}`}>
        <CellRow cells={cells} service={service.name} />
      </td>
      <VitalCell
        service={service.name}
        name="cpuCores"
        least={0.5}
        format={f.cores}
        className="max-md:border-0 max-md:p-0"
      />
      <VitalCell
        service={service.name}
        name="rssBytes"
        least={64e6}
        format={f.bytes}
        className="max-md:hidden"
      />
      <VitalCell
        service={service.name}
        name="loopDelayP99Ms"
        least={50}
        format={f.milliseconds}
        className="max-md:hidden"
      />
    </>
  );
});

/** Anew when the service changes, and when one that died has been shown long enough. */
function useCells(service: Service): Cells {
  const [round, startRound] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means that time has passed
  const cells = useMemo(() => cellsOf(service, serverNow()), [service, round]);
  useEffect(() => {
    if (cells.changesAt === null) return;
    const timer = setTimeout(startRound, Math.max(0, cells.changesAt - serverNow()) + 1);
    return () => clearTimeout(timer);
  }, [cells]);
  return cells;
}

function CellRow({ cells, service }: { cells: Cells; service: string }) {
  const { t } = useWords();
  return (
    <div className="-ml-1.5 flex flex-wrap items-center">
      {cells.shown.map((instance) => (
        <InstanceCell key={instance.id} instance={instance} named={cells.named} />
      ))}
      {cells.hidden > 0 && (
        <Link
          href={`/services/${service}`}
          className="px-1.5 text-sm text-muted hover:text-text hover:underline"
        >
          {cells.hidden === cells.hiddenWell
            ? t.fleet.overview.moreWell(cells.hidden)
            : t.fleet.overview.moreOther(cells.hidden)}
        </Link>
      )}
    </div>
  );
}

function VitalCell({
  service,
  name,
  least,
  format,
  className,
}: {
  service: string;
  name: Tracked;
  least: number;
  format: (value: number) => string;
  className: string;
}) {
  return (
    <td className={`${CELL} ${className}`}>
      <div className="flex items-center gap-2">
        <Sparkline subject={service} name={name} least={least} width={80} />
        <span className="figures whitespace-nowrap">
          <LiveFigure subject={service} name={name} format={format} />
        </span>
      </div>
    </td>
  );
}
