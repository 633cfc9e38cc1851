'use client';

import type { CaptureKind, CapturePrice } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { classNames } from '../_ui/class-names.ts';
import type { Offer, Refusal } from './offers.ts';

/** The questions that can be asked here; and those that cannot, with the reason the agent gave. */
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
  const { t } = useWords();
  return (
    <fieldset>
      <legend className="mb-1 text-sm text-muted">{t.capture.dialog.question}</legend>
      <div className="flex flex-col gap-1">
        {offers.map((offer) => (
          <KindChoice
            key={offer.kind}
            kind={offer.kind}
            isChosen={offer.kind === value}
            onChange={onChange}
          />
        ))}
      </div>
      {refusals.length > 0 && (
        <details className="mt-2 text-muted">
          <summary className="text-sm">{t.capture.dialog.unavailable}</summary>
          <ul className="mt-1 flex flex-col gap-1 pl-4">
            {refusals.map(({ kind, reasons }) => (
              <li key={kind}>
                {t.capture.kinds[kind].question} <span>({t.capture.kinds[kind].term})</span>:{' '}
                {reasons.join(' ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </fieldset>
  );
}

function KindChoice({
  kind,
  isChosen,
  onChange,
}: {
  kind: CaptureKind;
  isChosen: boolean;
  onChange(kind: CaptureKind): void;
}) {
  const { t } = useWords();
  const words = t.capture.kinds[kind];
  return (
    <label
      className={classNames(
        'relative flex items-start gap-2.5 rounded-md border px-3 py-2 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
        isChosen ? 'border-text' : 'border-hairline-strong hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name="kind"
        className="mt-0.5 size-4 accent-(--text)"
        checked={isChosen}
        onChange={() => onChange(kind)}
      />
      <span>
        <span className="font-medium">{words.question}</span> <span className="text-muted">{words.term}</span>
        <span className="block text-muted">{words.answer}</span>
      </span>
    </label>
  );
}

/** What it is expected to cost; the agent's own estimate. */
export function PriceLine({ price }: { price: CapturePrice }) {
  const { t, f } = useWords();
  const parts = priceParts(price, t.capture.dialog, f);
  return (
    <p className="text-muted">
      {parts.length === 0 ? t.capture.dialog.priceUnknown : t.capture.dialog.price(parts)}
    </p>
  );
}

type DialogWords = ReturnType<typeof useWords>['t']['capture']['dialog'];

export function priceParts(
  price: CapturePrice,
  words: DialogWords,
  f: ReturnType<typeof useWords>['f'],
): string[] {
  const parts: string[] = [];
  if (price.startPauseMs !== null) parts.push(words.pricePause(f.milliseconds(price.startPauseMs)));
  if (price.throughputLoss !== null) parts.push(words.priceLoss(f.percent(price.throughputLoss)));
  if (price.memoryBytes !== null) parts.push(words.priceMemory(f.bytes(price.memoryBytes)));
  return parts;
}
