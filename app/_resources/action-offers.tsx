'use client';

import type { ActionOffer } from '#contract';
import { ActionButton } from '../_action/action-button.tsx';
import type { ActionSubject } from '../_action/offers.ts';
import { useWords } from '../_messages/words.tsx';

/** What the service allows to be done, each with its button. */
export function ActionOffers({
  actions,
  target,
}: {
  actions: readonly ActionOffer[];
  target: ActionSubject;
}) {
  const { t } = useWords();
  if (actions.length === 0) return null;
  return (
    <section className="mt-6">
      <h2 className="border-b border-hairline-strong pb-1 text-sm text-muted">{t.resources.actions}</h2>
      <dl>
        {actions.map((action) => (
          <div
            key={action.type}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline py-1.5"
          >
            <dt className="sm:w-52">
              <ActionButton target={target} type={action.type} title={action.title} small />
            </dt>
            <dd className="min-w-0 flex-1 basis-60 text-muted">{action.description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
