'use client';

import { useId } from 'react';
import type { CaptureKind } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { classNames } from '../_ui/class-names.ts';
import type { Offer, Refusal } from './offers.ts';
import { priceInFewWords } from './price.ts';
import { Reason } from './reason.tsx';
import { useDialogWords } from './use-dialog-words.ts';

/** The questions that can be asked here, each with its price; and those that cannot, with the agent's reason. */
export function KindList({
  offers,
  refusals,
  value,
  onChange,
}: {
  offers: readonly Offer[];
  refusals: readonly Refusal[];
  value: CaptureKind | null;
  onChange(kind: CaptureKind): void;
}) {
  const words = useDialogWords();
  return (
    <div>
      <fieldset>
        <legend className="mb-1 px-2.5 text-sm text-muted">{words.question}</legend>
        <div className="flex flex-col">
          {offers.map((offer) => (
            <KindChoice key={offer.kind} offer={offer} isChosen={offer.kind === value} onChange={onChange} />
          ))}
        </div>
      </fieldset>
      {refusals.length > 0 && (
        <section aria-label={words.unavailable} className="mt-2 border-t border-hairline px-2.5 pt-2">
          <h3 className="text-sm text-muted">{words.unavailable}</h3>
          <ul className="flex flex-col">
            {refusals.map((refusal) => (
              <Refused key={refusal.kind} refusal={refusal} onChange={onChange} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function KindChoice({
  offer: { kind, price },
  isChosen,
  onChange,
}: {
  offer: Offer;
  isChosen: boolean;
  onChange(kind: CaptureKind): void;
}) {
  const { t, f } = useWords();
  const priceId = useId();
  const words = t.capture.kinds[kind];
  return (
    <label
      className={classNames(
        'relative flex items-start gap-2.5 rounded-md px-2.5 py-1.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
        isChosen ? 'bg-hover shadow-[inset_2px_0_0_var(--text)]' : 'hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name="kind"
        aria-label={`${words.question} ${words.term}`}
        aria-describedby={priceId}
        className="mt-0.5 size-4 shrink-0 accent-(--text) outline-none"
        checked={isChosen}
        onChange={() => onChange(kind)}
      />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-medium">{words.question}</span>
          <span className="text-muted">{words.term}</span>
        </span>
        <span id={priceId} className="figures block text-sm text-muted">
          {priceInFewWords(price, t, f)}
        </span>
      </span>
    </label>
  );
}

function Refused({
  refusal: { kind, reasons, instead },
  onChange,
}: {
  refusal: Refusal;
  onChange(kind: CaptureKind): void;
}) {
  const { t } = useWords();
  const words = t.capture.kinds[kind];
  return (
    <li className="py-1.5 text-sm text-muted">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="text-base">{words.question}</span>
        <span className="text-base">{words.term}</span>
      </span>
      {reasons.map((reason) => (
        <Reason key={reason} text={reason} />
      ))}
      {instead !== null && (
        <button type="button" className="text-accent hover:underline" onClick={() => onChange(instead)}>
          {t.capture.insteadOf(t.capture.kinds[instead].term)}
        </button>
      )}
    </li>
  );
}
