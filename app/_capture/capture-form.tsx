'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useMemo, useState } from 'react';
import type { Instance } from '#contract';
import { splitAtCapture } from '../_data/ids.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { Segments } from '../_ui/choice-list.tsx';
import { Labelled, Select, TextInput } from '../_ui/field.tsx';
import { Link } from '../_ui/link.tsx';
import { sentenceOf } from '../_ui/states.tsx';
import type { CaptureTarget } from './capture-context.tsx';
import { DurationField } from './duration-field.tsx';
import { KindList, PriceLine } from './kind-list.tsx';
import { INTERVALS_MICROS, offersOf, parseDuration } from './offers.ts';
import { type StartOutcome, useStartCaptures } from './start-captures.ts';
import { initialWish, type Reach, requestsOf, type Wish } from './wish.ts';

interface CaptureFormProps {
  target: CaptureTarget;
  /** All of the service. */
  instances: readonly Instance[];
  /** Those that the dialog was opened for. */
  about: readonly Instance[];
  onClose(): void;
}

export function CaptureForm({ target, instances, about, onClose }: CaptureFormProps) {
  const { t } = useWords();
  const { offers, refusals } = offersOf(about);
  const [wish, setWish] = useState<Wish>(() => {
    const first = offers.find((offer) => offer.kind === target.kind) ?? offers[0];
    return initialWish(target, first?.able ?? [], first?.kind ?? null);
  });
  const change = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }));
  // Who can take the chosen kind, among all of the service: the reach may be widened beyond what was opened.
  const able = useMemo(
    () => offersOf(instances).offers.find((offer) => offer.kind === wish.kind)?.able ?? [],
    [instances, wish.kind],
  );
  const requests = requestsOf(wish, target, able);
  const router = useRouter();
  const start = useStartCaptures((path) => {
    onClose();
    router.push(path);
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (requests.length > 0) void start.start(requests, target.service);
  };
  const price = offers.find((offer) => offer.kind === wish.kind)?.price;
  return (
    <form onSubmit={onSubmit} className="flex min-h-0 flex-col">
      <div className="flex flex-col gap-4 overflow-y-auto px-4 py-3">
        <KindList
          offers={offers}
          refusals={refusals}
          value={wish.kind}
          onChange={(kind) => change({ kind })}
        />
        <ReachField target={target} able={able} wish={wish} change={change} />
        <DurationField value={wish.duration} onChange={(duration) => change({ duration })} />
        <MoreOptions wish={wish} able={able} change={change} />
        {price && <PriceLine price={price} />}
        {start.outcome && <Outcome outcome={start.outcome} onClose={onClose} />}
      </div>
      <div className="flex items-center justify-end gap-2 border-t border-hairline px-4 py-2.5">
        <Samples wish={wish} />
        <Button type="submit" look="primary" disabled={requests.length === 0 || start.isStarting}>
          {start.isStarting
            ? t.capture.dialog.starting
            : requests.length > 1
              ? t.capture.dialog.startOn(requests.length)
              : t.capture.dialog.start}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  wish: Wish;
  able: readonly Instance[];
  change(part: Partial<Wish>): void;
}

function ReachField({ target, wish, able, change }: PartProps & { target: CaptureTarget }) {
  const { t } = useWords();
  const words = t.capture.dialog;
  if (able.length <= 1 && target.instanceIds === null) return null;
  const chosen = target.instanceIds ?? [];
  const choices: { value: Reach; label: string; title?: string }[] = [];
  if (chosen.length > 1) choices.push({ value: 'selected', label: words.targetSelected(chosen.length) });
  if (able.length > 1)
    choices.push({ value: 'busiest', label: words.targetBusiest, title: words.targetBusiestHint });
  choices.push({ value: 'one', label: words.targetOne });
  if (able.length > 1) choices.push({ value: 'all', label: words.targetAll(able.length) });
  const leftOut =
    wish.reach === 'selected' ? chosen.length - able.filter(({ id }) => chosen.includes(id)).length : 0;
  return (
    <div className="flex flex-wrap items-end gap-3">
      {choices.length > 1 && (
        <Segments
          name="reach"
          legend={words.target}
          value={wish.reach}
          onChange={(reach) => change({ reach })}
          choices={choices}
        />
      )}
      {wish.reach === 'one' && choices.length > 1 && (
        <Labelled label={words.instance}>
          <Select
            value={wish.instanceId ?? ''}
            onChange={(event) =>
              change({
                instanceId: able.find(({ id }) => id === event.target.value)?.id ?? null,
                thread: 'main',
              })
            }
          >
            {able.map((instance) => (
              <option key={instance.id} value={instance.id}>
                {instance.name}
              </option>
            ))}
          </Select>
        </Labelled>
      )}
      {wish.reach === 'busiest' && <p className="basis-full text-sm text-muted">{words.targetBusiestHint}</p>}
      {leftOut > 0 && <p className="basis-full text-attention">{words.notOnAll(leftOut)}</p>}
    </div>
  );
}

function MoreOptions({ wish, able, change }: PartProps) {
  const { t, f } = useWords();
  const words = t.capture.dialog;
  const threads =
    wish.reach === 'one' ? (able.find((instance) => instance.id === wish.instanceId)?.threads ?? []) : [];
  return (
    <div className="flex flex-wrap gap-3">
      <Labelled label={words.interval}>
        <Select
          value={wish.intervalMicros}
          onChange={(event) => change({ intervalMicros: Number(event.target.value) })}
        >
          {INTERVALS_MICROS.map((micros) => (
            <option key={micros} value={micros}>
              {f.milliseconds(micros / 1000)}
            </option>
          ))}
        </Select>
      </Labelled>
      {threads.length > 1 && (
        <Labelled label={words.thread}>
          <Select value={wish.thread} onChange={(event) => change({ thread: event.target.value })}>
            {threads.map((thread) => (
              <option key={thread.id} value={thread.id}>
                {thread.name || thread.id}
              </option>
            ))}
          </Select>
        </Labelled>
      )}
      <Labelled label={words.note} className="min-w-40 flex-1">
        <TextInput
          value={wish.note}
          maxLength={2000}
          placeholder={words.noteHint}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Labelled>
    </div>
  );
}

function Samples({ wish }: { wish: Wish }) {
  const { t } = useWords();
  const seconds = parseDuration(wish.duration);
  if (seconds === undefined || wish.kind !== 'cpu') return null;
  return (
    <span className="mr-auto text-sm text-muted">
      {t.capture.dialog.samples(Math.round((seconds * 1e6) / wish.intervalMicros))}
    </span>
  );
}

function Outcome({ outcome, onClose }: { outcome: StartOutcome; onClose(): void }) {
  const { t } = useWords();
  const router = useRouter();
  const sentences = [...new Set(outcome.failures.map((failure) => sentenceOf(failure, t)))];
  return (
    <div role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2">
      {outcome.asked > 1 && (
        <p className="font-medium">{t.capture.dialog.someFailed(outcome.failures.length, outcome.asked)}</p>
      )}
      {sentences.map((sentence) => (
        <p key={sentence}>
          <WithCaptureLink text={sentence} onFollow={onClose} />
        </p>
      ))}
      {outcome.path !== null && (
        <Button small className="mt-2" onClick={() => router.push(outcome.path ?? '/captures')}>
          {t.capture.dialog.viewStarted(outcome.asked - outcome.failures.length)}
        </Button>
      )}
    </div>
  );
}

/** A refusal names the capture that is in the way: from there it can be watched, stopped or cancelled. */
function WithCaptureLink({ text, onFollow }: { text: string; onFollow(): void }) {
  const parts = splitAtCapture(text);
  if (parts === undefined) return text;
  return (
    <>
      {parts.before}
      <Link href={`/captures/${parts.id}`} onClick={onFollow} className="underline">
        {parts.id}
      </Link>
      {parts.after}
    </>
  );
}
