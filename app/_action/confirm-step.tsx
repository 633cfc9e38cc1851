'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import type { ActionPreview } from '#contract';
import { RequestFailed } from '../_data/api.ts';
import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { Labelled, TextInput } from '../_ui/field.tsx';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { FailedState } from '../_ui/states.tsx';
import { useRunAction } from './mutations.ts';
import type { ActionWish } from './offers.ts';
import { parameterPairs } from './parameter-text.ts';
import { PreviewView } from './preview-view.tsx';
import { RefusedRun } from './refused-run.tsx';
import { type PreviewState, usePreview } from './use-preview.ts';

const LONGEST_REASON = 500;
/** The preview does not hold any more; another look does. */
const OUTDATED = new Set(['preview-expired', 'preview-used', 'preview-stale', 'preview-outgrown']);

/** What would happen, why it is wanted, and the button that does it. */
export function ConfirmStep({
  wish,
  where,
  params,
  idempotencyKey,
  onChange,
  onClose,
}: {
  wish: ActionWish;
  where: string;
  params: Readonly<Record<string, unknown>>;
  idempotencyKey: string;
  /** Back to the parameters, where they were asked for here. */
  onChange: (() => void) | undefined;
  onClose(): void;
}) {
  const { t } = useWords();
  const words = t.action.dialog;
  const { shown, lookAgain, isAgain } = usePreview(wish, params);
  const preview = shown.state === 'ready' ? shown.preview : null;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const router = useRouter();
  const run = useRunAction();
  // A second press in the same instant is faster than the button that goes grey.
  const isSent = useRef(false);
  const isExpired = useIsPast(preview?.expiresAt);
  // While it is being sent the server is to say whether it came in time.
  const isOutdated = (isExpired && !run.isPending) || isOutdatedBy(run.error);
  const need = needOf(preview, reason, typed);
  const isToLookAgain = isOutdated || need === 'nobody';
  const onLookAgain = () => {
    run.reset();
    // What was typed confirmed another preview.
    setTyped('');
    lookAgain();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isSent.current) return;
    if (isToLookAgain) return onLookAgain();
    if (preview === null || need !== null) return;
    isSent.current = true;
    run.mutate(
      {
        previewId: preview.id,
        reason: reason.trim(),
        idempotencyKey,
        ...(preview.confirmation === null ? {} : { confirmation: typed.trim() }),
      },
      {
        onSuccess: (action) => {
          onClose();
          router.push(`/actions/${action.id}`);
        },
        onError: () => {
          isSent.current = false;
        },
      },
    );
  };
  return (
    <form onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-4 py-3" aria-busy={preview === null}>
        <WithParameters params={params} onChange={onChange} />
        {isAgain && preview !== null && !isOutdated && <p role="status">{words.changed}</p>}
        <Shown shown={shown} where={where} retry={onLookAgain} />
        {isOutdated && preview !== null && !run.isError && (
          <p role="alert" className="border-l-2 border-attention bg-attention-surface px-3 py-2">
            {words.expired}
          </p>
        )}
        {run.isError && <RefusedRun error={run.error} onFollow={onClose} />}
      </div>
      <div className="flex flex-col gap-2.5 border-t border-hairline px-4 py-2.5">
        <Labelled label={words.reason}>
          <textarea
            ref={focusOnArrival}
            rows={2}
            maxLength={LONGEST_REASON}
            aria-required
            placeholder={words.reasonHint}
            className="w-full resize-none rounded-md border border-hairline-strong bg-raised px-2 py-1 placeholder:text-muted"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Labelled>
        {preview !== null && preview.confirmation !== null && (
          <Labelled label={words.confirm(preview.confirmation)}>
            <TextInput
              value={typed}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-required
              onChange={(event) => setTyped(event.target.value)}
            />
          </Labelled>
        )}
        <div className="flex flex-wrap items-center justify-end gap-2">
          <span id="action-need" className="mr-auto text-sm text-muted">
            {!isOutdated && need !== null && words.need[need]}
          </span>
          <Button look="quiet" onClick={onClose}>
            {words.close}
          </Button>
          {isToLookAgain ? (
            <Button type="submit" look="primary">
              {words.lookAgain}
            </Button>
          ) : (
            <Button
              type="submit"
              look={(preview?.playersDisconnected ?? 0) > 0 ? 'danger' : 'primary'}
              disabled={need !== null || run.isPending}
              aria-describedby="action-need"
            >
              {run.isPending ? words.running : words.run(preview?.title ?? wish.title ?? wish.type)}
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}

/** What keeps it from being confirmed. */
function needOf(
  preview: ActionPreview | null,
  reason: string,
  typed: string,
): 'preview' | 'nobody' | 'reason' | 'confirmation' | null {
  if (preview === null) return 'preview';
  if (preview.parts.every(({ refusal }) => refusal !== null)) return 'nobody';
  if (reason.trim() === '') return 'reason';
  if (preview.confirmation !== null && typed.trim() !== preview.confirmation) return 'confirmation';
  return null;
}

function isOutdatedBy(error: unknown): boolean {
  return error instanceof RequestFailed && OUTDATED.has(error.code);
}

function useIsPast(instant: string | undefined): boolean {
  const now = useNow();
  return instant !== undefined && now > 0 && now >= Date.parse(instant);
}

function WithParameters({
  params,
  onChange,
}: {
  params: Readonly<Record<string, unknown>>;
  onChange: (() => void) | undefined;
}) {
  const { t } = useWords();
  const pairs = parameterPairs(params, t.action.dialog);
  if (pairs.length === 0) return null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-5 gap-y-1">
      <dl className="contents">
        {pairs.map(({ name, text }) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-muted">{name}</dt>
            <dd className="font-medium [overflow-wrap:anywhere]">{text}</dd>
          </div>
        ))}
      </dl>
      {onChange && (
        <button type="button" className="text-muted hover:text-text hover:underline" onClick={onChange}>
          {t.action.dialog.change}
        </button>
      )}
    </div>
  );
}

function Shown({ shown, where, retry }: { shown: PreviewState; where: string; retry(): void }) {
  const { t } = useWords();
  const words = t.action.dialog;
  switch (shown.state) {
    case 'loading':
      return (
        <div className="flex flex-col gap-2 py-2">
          <p role="status">{words.asking(where)}</p>
          <ProgressBar label={words.progress} fraction={null} />
          <p className="text-sm text-muted">{words.askingLong}</p>
        </div>
      );
    case 'failed':
      return (
        <div className="flex flex-col gap-2">
          <FailedState error={shown.error} retry={retry} />
          <p className="text-muted">{words.previewFailed}</p>
        </div>
      );
    case 'ready':
      return <PreviewView preview={shown.preview} />;
  }
}

/** The reason can be written while the preview is on its way. */
function focusOnArrival(field: HTMLTextAreaElement | null): void {
  field?.focus();
}
