'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { Capture, CaptureRequestBody } from '#contract';
import { servicesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { useTraceWords } from '../_viewer/trace/use-trace-words.ts';
import { capabilityOf } from './offers.ts';
import { useStartCaptures } from './start-captures.ts';
import { StartOutcomeNote } from './start-outcome-note.tsx';

/** Takes the trace again, with a CPU profile of the main thread at the same time; says beforehand for how long that stops it. */
export function TakeBoth({ capture }: { capture: Capture }) {
  const { f } = useWords();
  const { cpu: words } = useTraceWords();
  const router = useRouter();
  const services = useQuery(servicesQuery()).data ?? [];
  const { start, isStarting, outcome } = useStartCaptures((path) => router.push(path));
  const { instanceId, service, durationSeconds, options } = capture;
  const instance = services
    .flatMap(({ instances }) => instances)
    .find(({ id, connection }) => id === instanceId && connection.state === 'connected');
  const cpu = instance && capabilityOf(instance, 'cpu');
  if (!instance || !cpu || cpu.needsConsent || !capabilityOf(instance, 'trace')) return null;
  const { startPauseMs } = cpu.price;
  const both: CaptureRequestBody[] = [
    { instanceId, kind: 'trace', durationSeconds, options },
    { instanceId, kind: 'cpu', durationSeconds },
  ];
  return (
    <>
      <Button small disabled={isStarting} onClick={() => start({ requests: both, service })}>
        {words.takeBoth(f.duration(durationSeconds))}
      </Button>
      {startPauseMs !== null && (
        <span className="text-sm text-muted">{words.takeBothPause(f.milliseconds(startPauseMs))}</span>
      )}
      {outcome && <StartOutcomeNote outcome={outcome} onClose={() => {}} />}
    </>
  );
}
