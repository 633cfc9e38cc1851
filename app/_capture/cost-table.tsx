'use client';

import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';

/** What it was announced to cost beside what it did, as measured from outside the thread. */
export function CostTable({ capture: { cost, price, artifact } }: { capture: Capture }) {
  const { t, f } = useWords();
  const words = t.capture.page.cost;
  const pause = (ms: number | null | undefined) => f.orDash(ms, f.milliseconds);
  const usual = cost.usualPauseMs === null ? '' : words.usual(f.milliseconds(cost.usualPauseMs));
  const packed = artifact?.transferredBytes;
  const isPacked = packed != null && packed < (artifact?.sizeBytes ?? 0);
  const rows: { name: string; announced: string; measured: string; beside?: string }[] = [
    { name: words.startPause, announced: pause(price?.startPauseMs), measured: pause(cost.startPauseMs) },
    { name: words.worstPause, announced: '', measured: pause(cost.worstPauseMs), beside: usual },
    { name: words.stopPause, announced: pause(price?.endPauseMs), measured: pause(cost.stopPauseMs) },
    {
      name: words.share,
      announced: f.orDash(price?.throughputLoss, f.percent),
      measured: f.orDash(cost.threadShare, f.percent),
    },
    {
      name: words.cpu,
      announced: f.orDash(price?.cpuCores, words.cores),
      measured: f.orDash(cost.recorderCpuCores, words.cores),
    },
    {
      name: words.memory,
      announced: f.orDash(price?.memoryBytes, f.bytes),
      measured: f.orDash(cost.memoryGrowthBytes, f.bytes),
    },
    {
      name: words.size,
      announced: f.orDash(price?.artifactBytes, f.bytes),
      measured: f.orDash(artifact?.sizeBytes, f.bytes),
      beside: isPacked ? words.packed(f.bytes(packed)) : '',
    },
  ];
  return (
    <table className="figures mt-2">
      <caption className="pb-1 text-left text-sm text-muted">{words.title}</caption>
      <thead className="text-sm text-muted">
        <tr className="border-b border-hairline">
          <td />
          <th scope="col" className="px-4 py-0.5 text-right font-normal">
            {words.announced}
          </th>
          <th scope="col" className="py-0.5 text-right font-normal">
            {words.measured}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, announced, measured, beside }) => (
          <tr key={name} className="border-b border-hairline">
            <th scope="row" className="py-0.5 pr-4 text-left font-normal text-muted">
              {name}
            </th>
            <td className="px-4 text-right text-muted">{announced}</td>
            <td className="text-right">{measured}</td>
            <td className="pl-1.5 text-sm text-muted">{beside}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
