'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useMemo, useState } from 'react';
import type { CaptureKind, Instance } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { Labelled, TextInput } from '../_ui/field.tsx';
import { BudgetFields } from './budget-fields.tsx';
import type { CaptureTarget } from './capture-context.tsx';
import { parseDuration } from './choices.ts';
import { ConsentField } from './consent-field.tsx';
import { DurationField } from './duration-field.tsx';
import { KindList } from './kind-list.tsx';
import { KindOptions } from './kind-options.tsx';
import { looksOnce } from './kinds.ts';
import type { LiveOffers } from './live-offers.ts';
import { type Offer, offersOf } from './offers.ts';
import { PriceTable } from './price-table.tsx';
import { ReachField, ThreadField } from './reach-field.tsx';
import { useStartCaptures } from './start-captures.ts';
import { StartOutcomeNote } from './start-outcome-note.tsx';
import { useDialogWords } from './use-dialog-words.ts';
import { changeWish, consentsOf, initialWish, inReach, requestsOf, type Wish } from './wish.ts';

interface CaptureFormProps {
  target: CaptureTarget;
  /** All of the service. */
  live: LiveOffers;
  /** Those that the dialog was opened for. */
  about: readonly Instance[];
  onClose(): void;
}

/** On the left what one can know and what each costs, on the right what the chosen one needs to be told. */
export function CaptureForm({ target, live, about, onClose }: CaptureFormProps) {
  const words = useDialogWords();
  const { offers, refusals } = offersOf(about);
  const [wish, setWish] = useState<Wish>(() => {
    const first = offers.find((offer) => offer.kind === target.kind) ?? offers[0];
    return initialWish(target, first?.able ?? [], first?.kind ?? null);
  });
  const change = (part: Partial<Wish>) => setWish((before) => changeWish(before, part));
  // Who can take the chosen kind, among all of the service: the reach may be widened beyond what was opened.
  const able = useMemo(
    () => offersOf(live.instances).offers.find((offer) => offer.kind === wish.kind)?.able ?? [],
    [live.instances, wish.kind],
  );
  const requests = requestsOf(wish, target, able);
  const consents = consentsOf(wish, target, able);
  const router = useRouter();
  const start = useStartCaptures((path) => {
    onClose();
    router.push(path);
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (requests.length > 0) start.start({ requests, service: target.service });
  };
  // Of those that it would be taken of, not of all that were asked.
  const reached = (kind: CaptureKind | null, instances: readonly Instance[]) =>
    offersOf(inReach({ ...wish, kind }, target, instances)).offers.find((other) => other.kind === kind);
  const offer = reached(wish.kind, able);
  return (
    <form onSubmit={onSubmit} className="flex min-h-0 flex-col">
      <div className="min-h-0 overflow-y-auto md:grid md:h-[34rem] md:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] md:overflow-hidden">
        <div className="min-h-0 border-hairline px-1.5 py-3 max-md:border-b md:overflow-y-auto md:border-r">
          <KindList
            offers={offers.map((each) => reached(each.kind, each.able) ?? each)}
            refusals={refusals}
            value={wish.kind}
            onChange={(kind) => change({ kind })}
          />
        </div>
        <div className="flex min-h-0 flex-col gap-3.5 px-4 py-3 md:overflow-y-auto">
          {offer && (
            <ChosenKind
              offer={offer}
              state={live.state}
              wish={wish}
              target={target}
              able={able}
              change={change}
            >
              {consents.length > 0 && (
                <ConsentField
                  consents={consents}
                  price={offer.price}
                  isOneInstance={offer.able.length === 1}
                  hasConsent={wish.hasConsent}
                  onChange={(hasConsent) => change({ hasConsent })}
                />
              )}
            </ChosenKind>
          )}
          {start.outcome && <StartOutcomeNote outcome={start.outcome} onClose={onClose} />}
        </div>
      </div>
      <div className="flex items-center justify-end gap-3 border-t border-hairline px-4 py-2.5">
        <span className="mr-auto text-sm text-muted">
          {consents.length > 0 && !wish.hasConsent ? words.consentMissing : <Samples wish={wish} />}
        </span>
        <Button type="submit" look="primary" disabled={requests.length === 0 || start.isStarting}>
          {start.isStarting
            ? words.starting
            : requests.length > 1
              ? words.startOn(requests.length)
              : words.start}
        </Button>
      </div>
    </form>
  );
}

function ChosenKind({
  offer,
  state,
  wish,
  target,
  able,
  change,
  children,
}: {
  offer: Offer;
  state: LiveOffers['state'];
  wish: Wish;
  target: CaptureTarget;
  able: readonly Instance[];
  change(part: Partial<Wish>): void;
  children: React.ReactNode;
}) {
  const { t } = useWords();
  const words = useDialogWords();
  const { kind, price, budget, remarks } = offer;
  return (
    <>
      <div>
        <h3 className="font-medium">{t.capture.kinds[kind].term}</h3>
        <p className="text-muted">{t.capture.kinds[kind].answer}</p>
      </div>
      <PriceTable price={price} state={state} count={offer.able.length} />
      {children}
      <ReachField target={target} able={able} wish={wish} change={change} />
      {looksOnce(kind) ? (
        <p className="text-sm text-muted">{words.looksOnce}</p>
      ) : (
        <DurationField
          legend={kind === 'activity' ? words.durationWatch : words.duration}
          value={wish.duration}
          onChange={(duration) => change({ duration })}
        />
      )}
      <div className="flex flex-wrap items-start gap-3 empty:hidden">
        <KindOptions kind={kind} wish={wish} change={change} />
        <ThreadField offer={offer} wish={wish} able={able} change={change} />
      </div>
      <Labelled label={words.note}>
        <TextInput
          value={wish.note}
          maxLength={2000}
          placeholder={words.noteHint}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Labelled>
      <BudgetFields value={wish.budget} usual={budget} onChange={(next) => change({ budget: next })} />
      <Remarks kind={kind} remarks={remarks} />
    </>
  );
}

function Remarks({ kind, remarks }: { kind: CaptureKind; remarks: readonly string[] }) {
  const words = useDialogWords();
  if (remarks.length === 0) return null;
  return (
    <section aria-label={words.remarks} key={kind}>
      <h3 className="text-sm text-muted">{words.remarks}</h3>
      <ul className="mt-0.5 list-disc pl-4 text-sm text-muted">
        {remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </section>
  );
}

function Samples({ wish }: { wish: Wish }) {
  const words = useDialogWords();
  const seconds = parseDuration(wish.duration);
  if (seconds === undefined || wish.kind !== 'cpu') return null;
  return words.samples(Math.round((seconds * 1e6) / wish.intervalMicros));
}
