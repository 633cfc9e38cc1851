'use client';

import type { Lane, LaneTotals } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import { printable } from '../flame/function-labels.ts';
import { useTraceWords } from './use-trace-words.ts';

interface ThreadsTableProps {
  readonly lanes: readonly Lane[];
  /** In the order of the lanes, of the time that is selected. */
  readonly totals: readonly LaneTotals[];
}

/** How long each thread that was followed was in each state. */
export function ThreadsTable({ lanes, totals }: ThreadsTableProps) {
  const { threads: words, states } = useTraceWords();
  return (
    <table className="figures mt-1 w-full max-w-4xl text-sm">
      <caption className="sr-only">{words.caption}</caption>
      <thead>
        <tr className="text-muted">
          <th scope="col" className="h-7 text-left font-normal">
            {words.thread}
          </th>
          <Head sign="executing">{states.executing}</Head>
          <Head sign="blocked">{states.blocked}</Head>
          <Head sign="gc">{words.gc}</Head>
          <Head sign="waiting">{states.waiting}</Head>
        </tr>
      </thead>
      <tbody>
        {lanes.map((lane, index) =>
          lane.length === 0 ? null : (
            <ThreadRow
              key={`${lane.pid} ${lane.tid}`}
              name={printable(lane.name)}
              totals={totals[index] ?? lane.totals}
            />
          ),
        )}
      </tbody>
    </table>
  );
}

function Head({ sign, children }: { sign: 'executing' | 'waiting' | 'gc' | 'blocked'; children: string }) {
  return (
    <th scope="col" className="w-40 text-right font-normal">
      <span aria-hidden className={`lane-sign lane-sign-${sign}`} /> {children}
    </th>
  );
}

function ThreadRow({ name, totals }: { name: string; totals: LaneTotals }) {
  const { executingMicros, waitingMicros, gcMicros, blockedMicros } = totals;
  const whole = executingMicros + waitingMicros + gcMicros + blockedMicros;
  return (
    <tr className="border-b border-hairline">
      <th scope="row" className="h-7 max-w-28 truncate pr-2 text-left font-medium" title={name}>
        {name}
      </th>
      {[executingMicros, blockedMicros, gcMicros, waitingMicros].map((micros, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
        <Figure key={column} micros={micros} whole={whole} />
      ))}
    </tr>
  );
}

function Figure({ micros, whole }: { micros: number; whole: number }) {
  const { f } = useWords();
  const words = useTraceWords();
  return (
    <td className="text-right whitespace-nowrap">
      <span className="text-muted">{words.micros(micros)}</span>{' '}
      <span className="inline-block w-14">{whole > 0 ? f.share(micros / whole) : '–'}</span>
    </td>
  );
}
