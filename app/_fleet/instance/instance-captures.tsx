'use client';

import type { Instance } from '#contract';
import { useOpenCapture } from '../../_capture/capture-context.tsx';
import { KINDS } from '../../_capture/kinds.ts';
import { useLiveOffers } from '../../_capture/live-offers.ts';
import type { AvailableCapability } from '../../_capture/offers.ts';
import { priceInFewWords } from '../../_capture/price.ts';
import { Reason } from '../../_capture/reason.tsx';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { RecordIcon } from '../../_ui/icons.tsx';
import { Section } from '../../_ui/section.tsx';

/** What can be captured here and at which price; and what cannot, and why. */
export function InstanceCaptures({ instance: known }: { instance: Instance }) {
  const { t, f } = useWords();
  const open = useOpenCapture();
  const [instance = known] = useLiveOffers([known]).instances;
  const isConnected = instance.connection.state === 'connected';
  const capabilities = KINDS.flatMap((kind) => instance.captures.find((other) => other.kind === kind) ?? []);
  const note = (capability: AvailableCapability): string => {
    if (!isConnected) return t.resources.offline;
    return capability.needsConsent ?? priceInFewWords(capability.price, t, f);
  };
  return (
    <Section title={t.fleet.instance.capture}>
      {capabilities.length === 0 && <p className="pt-2 text-muted">{t.fleet.instance.captureNone}</p>}
      <ul>
        {capabilities.map((capability) => {
          const kind = t.capture.kinds[capability.kind];
          const isAvailable = capability.available && isConnected;
          return (
            <li key={capability.kind} className="border-b border-hairline py-1.5">
              <div className="flex items-center justify-between gap-3">
                <span className={isAvailable ? 'font-medium' : 'text-muted'}>{kind.question}</span>
                {isAvailable && (
                  <Button
                    small
                    onClick={() =>
                      open({ service: instance.service, instanceIds: [instance.id], kind: capability.kind })
                    }
                  >
                    <RecordIcon />
                    {kind.term}
                  </Button>
                )}
              </div>
              <div className="figures mt-0.5 text-sm text-muted">
                {capability.available ? <p>{note(capability)}</p> : <Reason text={capability.reason} />}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
