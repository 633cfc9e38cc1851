'use client';

import type { CapturePrice } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { CheckField } from '../_ui/field.tsx';
import { useDialogWords } from './use-dialog-words.ts';
import type { consentsOf } from './wish.ts';

/** What somebody has to agree to before the service is stopped, in the words of those that are stopped. */
export function ConsentField({
  consents,
  price,
  isOneInstance,
  hasConsent,
  onChange,
}: {
  consents: ReturnType<typeof consentsOf>;
  price: CapturePrice;
  /** Then there is no need to say whom it stops. */
  isOneInstance: boolean;
  hasConsent: boolean;
  onChange(hasConsent: boolean): void;
}) {
  const { f } = useWords();
  const words = useDialogWords();
  const { startPauseMs } = price;
  return (
    <section
      aria-label={words.consentTitle}
      className="border-l-2 border-attention bg-attention-surface px-3 py-2"
    >
      <p className="font-medium">{words.consentTitle}</p>
      {consents.map(({ sentence, instances }) => (
        <p key={sentence}>
          {isOneInstance
            ? sentence
            : words.consentOf(
                instances.map(({ name }) => name),
                sentence,
              )}
        </p>
      ))}
      <div className="mt-1.5">
        <CheckField
          label={startPauseMs ? words.consent(f.milliseconds(startPauseMs)) : words.consentUnknown}
          checked={hasConsent}
          onChange={onChange}
        />
      </div>
    </section>
  );
}
