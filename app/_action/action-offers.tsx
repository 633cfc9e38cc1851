'use client';

import { useQuery } from '@tanstack/react-query';
import type { Instance } from '#contract';
import { instanceQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { EmptyState } from '../_ui/states.tsx';
import { ActionButton } from './action-button.tsx';
import { type ActionSubject, instancesOf, offeredTypes } from './offers.ts';

/** What the service allows to be done to it, in its own words, each with its button. */
export function ActionOffers({ subject }: { subject: ActionSubject }) {
  const { t } = useWords();
  const offered = offeredTypes(instancesOf(subject));
  if (offered.length === 0)
    return 'service' in subject ? (
      <EmptyState title={t.action.offers.none}>{t.action.offers.noneDetail}</EmptyState>
    ) : null;
  return (
    <ul>
      {offered.map(({ type, instance }) => (
        <Offer key={type} type={type} instance={instance} subject={subject} />
      ))}
    </ul>
  );
}

function Offer({ type, instance, subject }: { type: string; instance: Instance; subject: ActionSubject }) {
  // Asked once: titles do not change while a process runs.
  const detail = useQuery({ ...instanceQuery(instance.id), refetchInterval: false });
  const offer = detail.data?.actions.find((one) => one.type === type);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1.5 border-b border-hairline py-2">
      <div className="min-w-0 flex-1 basis-80">
        <span className="font-medium">{offer?.title ?? type}</span>{' '}
        <code className="font-mono text-sm text-muted">{type}</code>
        {offer !== undefined && <p className="max-w-[90ch] text-muted">{offer.description}</p>}
      </div>
      <ActionButton target={subject} type={type} title={offer?.title ?? type} />
    </li>
  );
}
