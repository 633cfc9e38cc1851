'use client';

import { useMemo } from 'react';
import type { Capture } from '#contract';
import { useNow } from '../_data/clock.ts';
import { useFillVitals } from '../_data/fill-vitals.ts';
import { useWords } from '../_messages/words.tsx';
import { classNames } from '../_ui/class-names.ts';
import { LiveFigure } from '../_ui/live-figure.tsx';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { Sparkline } from '../_ui/sparkline.tsx';
import { EndingButtons } from './ending-buttons.tsx';
import { progressOf, stepOf, stepsOf } from './progress.ts';

/** Where a capture is on its way, how far it is, and the two ways to end it. */
export function CaptureUnderWay({ capture }: { capture: Capture }) {
  const { t, f } = useWords();
  const now = useNow();
  const { fraction, remainingMs } = progressOf(capture, now);
  const kind = t.capture.kinds[capture.kind].term;
  return (
    <section className="flex max-w-2xl flex-col gap-4 px-4 pt-6 pb-10">
      <Steps capture={capture} />
      <div className="flex items-center gap-4">
        <div className="flex-1">
          <ProgressBar
            label={t.capture.progress(kind, capture.instanceName)}
            fraction={fraction}
            halted={capture.status.state === 'interrupted'}
          />
        </div>
        {remainingMs !== null && capture.status.state !== 'interrupted' && (
          <span className="w-28 text-right text-muted">
            {t.capture.remaining(f.duration(Math.ceil(remainingMs / 1000)))}
          </span>
        )}
      </div>
      {capture.status.state === 'interrupted' && <p className="text-attention">{capture.status.reason}</p>}
      <EndingButtons capture={capture} />
      <Meanwhile capture={capture} />
    </section>
  );
}

function Steps({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const steps = stepsOf(capture.kind);
  const at = stepOf(capture);
  const present = at === null ? -1 : steps.indexOf(at);
  return (
    <ol aria-label={t.capture.steps.label} className="flex flex-wrap gap-x-2 gap-y-1">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === present ? 'step' : undefined}
          className={classNames('flex items-center gap-2', index === present ? 'font-medium' : 'text-muted')}
        >
          <span
            aria-hidden="true"
            className={classNames(
              'size-2 rounded-full border',
              index < present && 'border-text bg-text',
              index === present && 'border-accent bg-accent',
              index > present && 'border-hairline-strong',
            )}
          />
          {t.capture.steps[step]}
          {index < steps.length - 1 && (
            <span aria-hidden="true" className="w-5 border-t border-hairline-strong" />
          )}
        </li>
      ))}
    </ol>
  );
}

/** What the capture does to the instance, as it happens. */
function Meanwhile({ capture: { instanceId } }: { capture: Capture }) {
  const { t, f } = useWords();
  useFillVitals(useMemo(() => [instanceId], [instanceId]));
  const vitals = [
    { name: 'cpuCores', least: 0.5, header: t.fleet.columns.cpu, format: f.cores },
    { name: 'loopDelayP99Ms', least: 50, header: t.fleet.columns.delay, format: f.milliseconds },
    { name: 'rssBytes', least: 64e6, header: t.fleet.columns.memory, format: f.bytes },
  ] as const;
  return (
    <section className="mt-4">
      <h2 className="border-b border-hairline-strong pb-1 text-sm text-muted">{t.capture.meanwhile}</h2>
      <dl>
        {vitals.map(({ name, least, header, format }) => (
          <div key={name} className="flex h-11 items-center gap-4 border-b border-hairline">
            <dt className="w-28 shrink-0 text-muted">{header}</dt>
            <dd className="flex min-w-0 flex-1 items-center justify-between gap-4">
              <Sparkline subject={instanceId} name={name} least={least} width={360} height={28} isFluid />
              <span className="w-16 text-right whitespace-nowrap">
                <LiveFigure subject={instanceId} name={name} format={format} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
