'use client';

import { useWords } from '../../_messages/words.tsx';
import type { ChartGroup, SeriesLook } from './chart-groups.ts';
import type { HistoryColumns } from './history.ts';
import { spanFigures } from './span-figures.ts';

/** The chart in figures: its legend for those who see it, and the chart itself for those who do not. */
export function ChartTable({
  group,
  columns,
  span,
  cursor,
}: {
  group: ChartGroup;
  columns: HistoryColumns;
  span: [number, number];
  cursor: number | null;
}) {
  const { t, f } = useWords();
  const words = t.fleet.instance;
  const head = 'px-2 pb-0.5 text-right font-normal text-muted last:pr-0';
  const cell = 'px-2 py-0.5 text-right whitespace-nowrap last:pr-0';
  const cursorSecond = cursor === null ? undefined : columns.seconds[cursor];
  const say = (value: number | null | undefined) => f.orDash(value, (known) => group.format(known, f));
  return (
    <table className="figures h-fit shrink-0 text-sm max-xl:mt-1 xl:mt-2 xl:w-[21.5rem]">
      <caption className="sr-only">{words.chartTable(words.chart[group.id])}</caption>
      <thead>
        <tr>
          <th scope="col" className="text-left">
            <span className="sr-only">{words.chartColumns.series}</span>
          </th>
          <th scope="col" className={head}>
            {cursorSecond === undefined ? words.chartColumns.now : f.clock(cursorSecond * 1000)}
          </th>
          <th scope="col" className={head}>
            {words.chartColumns.middle}
          </th>
          <th scope="col" className={head}>
            {words.chartColumns.high}
          </th>
        </tr>
      </thead>
      <tbody>
        {group.series.map((look) => {
          const column = columns.series[look.name] ?? new Float64Array(0);
          const figures = spanFigures(columns.seconds, column, span[0], span[1]);
          return (
            <tr key={look.name}>
              <th scope="row" className="py-0.5 text-left font-normal whitespace-nowrap">
                <span className="inline-flex items-center gap-1.5">
                  <LineSample look={look} />
                  {words.series[look.name]}
                </span>
              </th>
              <td className={cell}>{say(cursor === null ? figures.last : column[cursor])}</td>
              <td className={cell}>{say(figures.middle)}</td>
              <td className={cell}>{say(figures.high)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function LineSample({ look }: { look: SeriesLook }) {
  return (
    <svg aria-hidden="true" width="18" height="8" className="shrink-0">
      <line
        x1="0"
        x2="18"
        y1="4"
        y2="4"
        strokeWidth="1.5"
        stroke={`var(--${look.ink === 'muted' ? 'text-muted' : look.ink})`}
        strokeDasharray={look.dash?.join(' ')}
      />
    </svg>
  );
}
