'use client';

import { useQuery } from '@tanstack/react-query';
import type { Capture, CaptureKind, CaptureState } from '#contract';
import { servicesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { useOpenCapture } from './capture-context.tsx';
import { offersOf } from './offers.ts';

/** What went wrong, what that means, and what to do next: sometimes another kind answers much the same question. */
export function CaptureFailed({
  capture,
  status: { code, message },
}: {
  capture: Capture;
  status: Extract<CaptureState, { state: 'failed' }>;
}) {
  const { t } = useWords();
  return (
    <div role="alert" className="mx-4 mt-3 max-w-3xl border-l-2 border-bad bg-bad-surface px-3 py-2">
      <p>{message}</p>
      <p className="mt-1 text-muted">
        {t.capture.failedHint(code)} <code className="font-mono text-sm">{code}</code>
      </p>
      <Instead capture={capture} />
    </div>
  );
}

/** A whole heap can be too much where a sampled one is not. */
const INSTEAD: Partial<Record<CaptureKind, CaptureKind>> = { heapsnapshot: 'heap' };

function Instead({ capture: { kind, service, instanceId } }: { capture: Capture }) {
  const { t } = useWords();
  const open = useOpenCapture();
  const services = useQuery(servicesQuery()).data ?? [];
  const instances = services.flatMap((each) => each.instances).filter(({ id }) => id === instanceId);
  const instead = INSTEAD[kind];
  const isOffered = offersOf(instances).offers.some((offer) => offer.kind === instead);
  if (instead === undefined || !isOffered) return null;
  return (
    <Button
      small
      className="mt-2"
      onClick={() => open({ service, instanceIds: [instanceId], kind: instead })}
    >
      {t.capture.insteadOf(t.capture.kinds[instead].term)}
    </Button>
  );
}
