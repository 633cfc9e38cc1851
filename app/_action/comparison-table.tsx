'use client';

import type { Action } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { type ComparisonRow, compareWithPreview } from './comparison.ts';

/** What was said before against what was seen after. */
export function ComparisonTable({ action }: { action: Action }) {
  const { t, f } = useWords();
  const words = t.action.page;
  const rows = compareWithPreview(action);
  const head = 'h-7 border-b border-hairline-strong pr-4 text-left text-sm font-normal text-muted';
  const cell = 'border-b border-hairline py-1.5 pr-4';
  const format = (row: ComparisonRow) => (value: number) =>
    row.what === 'seconds' ? f.duration(value) : f.number(value);
  return (
    <table className="w-full max-w-2xl border-separate border-spacing-0">
      <caption className="sr-only">{words.result}</caption>
      <thead>
        <tr>
          <th scope="col" className={head}>
            {words.resultColumns.what}
          </th>
          <th scope="col" className={`${head} text-right`}>
            {words.resultColumns.predicted}
          </th>
          <th scope="col" className={`${head} text-right`}>
            {words.resultColumns.actual}
          </th>
          <th scope="col" className={head}>
            <span className="sr-only">{words.resultColumns.verdict}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.what} data-result={row.what}>
            <th scope="row" className={`${cell} text-left font-normal`}>
              {words.resultRows[row.what]}
            </th>
            <td className={`${cell} figures text-right text-muted`}>
              {f.orDash(row.predicted, format(row))}
            </td>
            <td className={`${cell} figures text-right font-medium`}>{f.orDash(row.actual, format(row))}</td>
            <td className={`${cell} pl-4 ${toneOf(row)}`}>{words.verdicts[row.verdict]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** More done than was confirmed, or more players thrown out than was said, must not be; that more notice it may be. */
function toneOf({ what, verdict }: ComparisonRow): string {
  if (verdict !== 'more' || what === 'keptAfterAll' || what === 'awaited') return 'text-muted';
  return what === 'affected' ? 'text-attention' : 'text-bad';
}
