'use client';

import type { CapturePrice } from '#contract';
import { useWords } from '../_messages/words.tsx';
import type { LiveOffers } from './live-offers.ts';
import { useDialogWords } from './use-dialog-words.ts';

/** What the chosen kind is expected to cost, figure by figure, and of when and of whom that is. */
export function PriceTable({
  price,
  state,
  count,
}: {
  price: CapturePrice;
  state: LiveOffers['state'];
  /** Of how many instances it is the highest. */
  count: number;
}) {
  const { f } = useWords();
  const { price: words } = useDialogWords();
  const orNone = (value: number, format: (value: number) => string) =>
    value > 0 ? format(value) : words.none;
  const figures: [string, string][] = [
    [words.pause, f.orDash(price.startPauseMs, (ms) => orNone(ms, f.milliseconds))],
    [words.endPause, f.orDash(price.endPauseMs, (ms) => orNone(ms, f.milliseconds))],
    [
      words.loss,
      f.orDash(price.throughputLoss, (loss) => orNone(loss, (part) => words.lossValue(f.percent(part)))),
    ],
    [words.cpu, f.orDash(price.cpuCores, (cores) => orNone(cores, words.cpuValue))],
    [words.memory, f.orDash(price.memoryBytes, (bytes) => orNone(bytes, f.bytes))],
    [words.size, f.orDash(price.artifactBytes, f.bytes)],
  ];
  const origin = {
    current: count > 1 ? words.highestOf(count) : words.current,
    asking: words.asking,
    old: words.old,
  };
  return (
    <section aria-label={words.title}>
      <dl className="figures grid grid-cols-3 rounded-md border border-hairline">
        {figures.map(([name, value]) => (
          <div key={name} className="px-2.5 py-1.5">
            <dt className="text-sm text-muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-sm text-muted">{origin[state]}</p>
    </section>
  );
}
