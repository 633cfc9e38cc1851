'use client';

import type { Instance } from '#contract';
import { Segments } from '../_ui/choice-list.tsx';
import { Labelled, Select } from '../_ui/field.tsx';
import type { CaptureTarget } from './capture-context.tsx';
import type { Offer } from './offers.ts';
import { useDialogWords } from './use-dialog-words.ts';
import type { Reach, Wish } from './wish.ts';

interface FieldProps {
  wish: Wish;
  /** Who can take the chosen kind. */
  able: readonly Instance[];
  change(part: Partial<Wish>): void;
}

/** On how many of the service, and on which one. */
export function ReachField({ target, wish, able, change }: FieldProps & { target: CaptureTarget }) {
  const words = useDialogWords();
  if (able.length <= 1 && target.instanceIds === null) return null;
  const chosen = target.instanceIds ?? [];
  const choices: { value: Reach; label: string; title?: string }[] = [];
  if (chosen.length > 1) choices.push({ value: 'selected', label: words.targetSelected(chosen.length) });
  if (able.length > 1)
    choices.push({ value: 'busiest', label: words.targetBusiest, title: words.targetBusiestHint });
  choices.push({ value: 'one', label: words.targetOne });
  if (able.length > 1) choices.push({ value: 'all', label: words.targetAll(able.length) });
  if (choices.length === 1) return null;
  const leftOut =
    wish.reach === 'selected' ? chosen.length - able.filter(({ id }) => chosen.includes(id)).length : 0;
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-1">
      <Segments
        name="reach"
        legend={words.target}
        value={wish.reach}
        onChange={(reach) => change({ reach })}
        choices={choices}
      />
      {wish.reach === 'one' && (
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

/** Which thread of the one instance, where there is a choice. */
export function ThreadField({ offer, wish, able, change }: FieldProps & { offer: Offer }) {
  const words = useDialogWords();
  const threads =
    wish.reach === 'one' ? (able.find((instance) => instance.id === wish.instanceId)?.threads ?? []) : [];
  if (threads.length < 2) return null;
  if (offer.mainThreadOnlyReason !== null)
    return (
      <p className="basis-full text-sm text-muted">
        {words.thread}: {words.threadMain}. {offer.mainThreadOnlyReason}
      </p>
    );
  return (
    <Labelled label={words.thread}>
      <Select value={wish.thread} onChange={(event) => change({ thread: event.target.value })}>
        {threads.map((thread) => (
          <option key={thread.id} value={thread.id}>
            {thread.name || thread.id}
          </option>
        ))}
      </Select>
    </Labelled>
  );
}
