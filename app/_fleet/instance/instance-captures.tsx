'use client';

import type { Instance } from '#contract';
import { useOpenCapture } from '../../_capture/capture-context.tsx';
import { priceParts } from '../../_capture/kind-list.tsx';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { RecordIcon } from '../../_ui/icons.tsx';
import { Section } from '../../_ui/section.tsx';

/** What can be captured here and at which price; and what cannot, and why. */
export function InstanceCaptures({ instance }: { instance: Instance }) {
  const { t, f } = useWords();
  const open = useOpenCapture();
  const isConnected = instance.connection.state === 'connected';
  return (
    <Section title={t.fleet.instance.capture}>
      {instance.captures.length === 0 && <p className="pt-2 text-muted">{t.fleet.instance.captureNone}</p>}
      <ul>
        {instance.captures.map((capability) => {
          const kind = t.capture.kinds[capability.kind];
          const price = capability.available ? priceParts(capability.price, t.capture.dialog, f) : [];
          const isAvailable = capability.available && isConnected;
          return (
            <li key={capability.kind} className="border-b border-hairline py-2">
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
              <p className="mt-1 text-sm text-muted">
                {capability.available
                  ? isConnected
                    ? price.length === 0
                      ? t.capture.dialog.priceUnknown
                      : t.capture.dialog.price(price)
                    : t.resources.offline
                  : capability.reason}
              </p>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
