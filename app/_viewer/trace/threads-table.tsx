'use client';

import type { Lane } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import { printable } from '../flame/function-labels.ts';
import { AXIS_HEIGHT, LANE_HEIGHT } from './timeline-size.ts';
import { useTraceWords } from './use-trace-words.ts';

/** The figures of each lane, in rows as high as the lanes beside them. */
export function ThreadsTable({ lanes }: { lanes: readonly Lane[] }) {
  const { threads: words, states } = useTraceWords();
  return (
    <table className="figures w-full shrink-0 text-sm lg:w-92">
      <caption className="sr-only">{words.caption}</caption>
      <thead>
        <tr style={{ height: AXIS_HEIGHT }} className="text-muted">
          <th scope="col" className="text-left font-normal">
            {words.thread}
          </th>
          <Head sign="executing">{states.executing}</Head>
          <Head sign="waiting">{states.waiting}</Head>
          <Head sign="gc">{words.gc}</Head>
        </tr>
      </thead>
      <tbody>
        {lanes.map((lane) => (
          <ThreadRow key={lane.tid} lane={lane} />
        ))}
      </tbody>
    </table>
  );
}

function Head({ sign, children }: { sign: 'executing' | 'waiting' | 'gc'; children: string }) {
  return (
    <th scope="col" className="w-20 text-right font-normal">
      <span aria-hidden className={`lane-sign lane-sign-${sign}`} /> {children}
    </th>
  );
}

function ThreadRow({ lane: { name, totals } }: { lane: Lane }) {
  const { executingMicros, waitingMicros, gcMicros } = totals;
  const whole = executingMicros + waitingMicros + gcMicros;
  return (
    <tr style={{ height: LANE_HEIGHT }} className="border-b border-hairline">
      <th scope="row" className="max-w-28 truncate pr-2 text-left font-medium" title={printable(name)}>
        {printable(name)}
      </th>
      <Figure micros={executingMicros} whole={whole} />
      <Figure micros={waitingMicros} whole={whole} />
      <Figure micros={gcMicros} whole={whole} />
    </tr>
  );
}

function Figure({ micros, whole }: { micros: number; whole: number }) {
  const { f } = useWords();
  const words = useTraceWords();
  return (
    <td className="text-right leading-4">
      {whole > 0 ? f.share(micros / whole) : '–'}
      <br />
      <span className="text-xs text-muted">{words.micros(micros)}</span>
    </td>
  );
}
