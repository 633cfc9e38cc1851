'use client';

import { type ReactNode, useMemo } from 'react';
import type { Instance, VitalName } from '#contract';
import { TRACKED, type Tracked } from '../../_data/vitals-store.ts';
import { useWords } from '../../_messages/words.tsx';
import { classNames } from '../../_ui/class-names.ts';
import type { Column } from '../../_ui/data-table.tsx';
import { Link } from '../../_ui/link.tsx';
import { LiveFigure } from '../../_ui/live-figure.tsx';
import { Sparkline } from '../../_ui/sparkline.tsx';
import { Since } from '../../_ui/timestamp.tsx';
import { conditionOf, conditionSince, isGone, isReplaced, toneOf, urgencyOf } from '../condition.ts';
import { ConditionGlyph, TONE_TEXT } from '../condition-glyph.tsx';
import type { ComparedVital, StandingOut } from './standing-out.ts';
import type { MeasuredInstance } from './vitals-snapshot.ts';

export function useInstanceColumns(
  siblings: readonly Instance[],
  odd: StandingOut,
): Column<MeasuredInstance>[] {
  const { t, f } = useWords();
  return useMemo(() => {
    const words = t.fleet.columns;
    const titles = t.fleet.columnTitles;
    const vital = (
      id: keyof typeof titles,
      name: VitalName,
      format: (value: number) => string,
      width: string,
      more: { least?: number; from?: 'sm' | 'lg' | 'xl' } = {},
    ): Column<MeasuredInstance> => ({
      id,
      header: words[id],
      title: titles[id],
      width,
      ...(more.from ? { from: more.from } : {}),
      numeric: true,
      value: ({ vitals }) => vitals[name] ?? null,
      cell: ({ instance }) => (
        <VitalCell instance={instance} name={name} format={format} odd={odd} least={more.least} />
      ),
    });
    return [
      {
        id: 'name',
        header: words.name,
        value: ({ instance }) => instance.name,
        cell: ({ instance }) => (
          <Link
            href={`/instances/${instance.id}`}
            className="font-medium hover:underline"
            title={instance.host}
          >
            {instance.name}
          </Link>
        ),
      },
      {
        id: 'state',
        header: words.state,
        width: 'w-30 sm:w-40',
        value: ({ instance }) => urgencyOf(conditionOf(instance)),
        cell: ({ instance }) => <State instance={instance} isReplaced={isReplaced(instance, siblings)} />,
      },
      {
        id: 'version',
        header: words.version,
        width: 'w-24',
        from: 'lg',
        value: ({ instance }) => instance.version,
        cell: ({ instance }) => instance.version,
      },
      vital('cpu', 'cpuCores', f.cores, 'w-16 sm:w-20 xl:w-36', { least: 0.5 }),
      vital('mainCpu', 'mainThreadCpuCores', f.cores, 'w-26', { from: 'lg' }),
      vital('memory', 'rssBytes', f.bytes, 'w-22 xl:w-38', { least: 64e6, from: 'sm' }),
      vital('heap', 'heapUsedBytes', f.bytes, 'w-24', { from: 'xl' }),
      vital('delay', 'loopDelayP99Ms', f.milliseconds, 'w-30', { from: 'lg' }),
      vital('utilization', 'loopUtilization', f.percent, 'w-22', { from: 'xl' }),
      {
        id: 'uptime',
        header: words.uptime,
        width: 'w-26',
        from: 'lg',
        numeric: true,
        value: ({ instance }) => -Date.parse(instance.startedAt),
        cell: ({ instance }) => (isGone(conditionOf(instance)) ? '–' : <Since at={instance.startedAt} />),
      },
    ];
  }, [t, f, siblings, odd]);
}

function State({ instance, isReplaced: replaced }: { instance: Instance; isReplaced: boolean }) {
  const { t } = useWords();
  const condition = conditionOf(instance);
  return (
    <span className="flex items-center gap-2" data-condition={condition}>
      <ConditionGlyph condition={replaced ? 'stopped' : condition} />
      <span
        className={replaced ? 'text-muted' : classNames(condition !== 'well' && TONE_TEXT[toneOf(condition)])}
      >
        {t.fleet.conditions[condition]}
      </span>
      <span className="text-muted">
        {replaced
          ? t.fleet.service.replaced
          : condition !== 'well' && <Since at={conditionSince(instance)} />}
      </span>
    </span>
  );
}

function VitalCell({
  instance,
  name,
  format,
  odd,
  least,
}: {
  instance: Instance;
  name: VitalName;
  format: (value: number) => string;
  odd: StandingOut;
  /** Given for vitals that are drawn as well: what fills the height of the line at least. */
  least: number | undefined;
}) {
  const { t } = useWords();
  // What the dead last said is no vital of the living.
  if (instance.connection.state !== 'connected') return '–';
  const ratio = odd.get(instance.id)?.[name as ComparedVital];
  const figure = <LiveFigure subject={instance.id} name={name} format={format} />;
  return (
    <span className="flex items-center justify-end gap-2">
      {least !== undefined && isTracked(name) && (
        <span className="max-xl:hidden">
          <Sparkline subject={instance.id} name={name} least={least} width={56} height={16} />
        </span>
      )}
      {ratio === undefined ? figure : <Odd meaning={t.fleet.service.outlier(ratio)}>{figure}</Odd>}
    </span>
  );
}

function Odd({ meaning, children }: { meaning: string; children: ReactNode }) {
  return (
    <span className="text-attention" title={meaning}>
      <span aria-hidden="true" className="mr-1 text-[0.6rem]">
        ▲
      </span>
      {children}
      <span className="sr-only">, {meaning}</span>
    </span>
  );
}

function isTracked(name: VitalName): name is Tracked {
  return TRACKED.some((tracked) => tracked === name);
}
