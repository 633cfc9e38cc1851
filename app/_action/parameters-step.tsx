'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import type { ActionOffer, InstanceId } from '#contract';
import { instanceQuery, servicesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { EmptyState, FailedState } from '../_ui/states.tsx';
import { type ActionWish, availabilityOf } from './offers.ts';
import { ParameterField } from './parameter-field.tsx';
import { formFromSchema, readParameters } from './schema-fields.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Asks with what, as the service's own schema says; an action without parameters is not held up by it. */
export function ParametersStep({ wish, onDone }: { wish: ActionWish; onDone(params: Parameters): void }) {
  const { t } = useWords();
  const words = t.action.dialog;
  const services = useQuery(servicesQuery());
  const id = useMemo(() => {
    const siblings = services.data?.find(({ name }) => name === wish.service)?.instances ?? [];
    const wished = siblings.filter((one) => wish.instanceIds?.includes(one.id) ?? true);
    const availability = availabilityOf(wished, wish.type);
    return availability.state === 'able' ? (availability.instances[0]?.id ?? null) : null;
  }, [services.data, wish]);
  if (id !== null) return <AskedOf id={id} wish={wish} onDone={onDone} />;
  return (
    <div className="px-4 pb-2">
      {services.data === undefined ? (
        <p className="py-4 text-muted">{words.loading}</p>
      ) : (
        <EmptyState title={words.missingTitle}>{words.missing}</EmptyState>
      )}
    </div>
  );
}

function AskedOf({
  id,
  wish,
  onDone,
}: {
  id: InstanceId;
  wish: ActionWish;
  onDone(params: Parameters): void;
}) {
  const { t } = useWords();
  const words = t.action.dialog;
  const detail = useQuery({ ...instanceQuery(id), refetchInterval: false });
  const offer = detail.data?.actions.find(({ type }) => type === wish.type);
  if (offer !== undefined) return <OfferForm offer={offer} onDone={onDone} />;
  if (detail.isError)
    return (
      <div className="p-4">
        <FailedState error={detail.error} retry={() => detail.refetch()} />
      </div>
    );
  return (
    <div className="px-4 pb-2">
      {detail.data === undefined ? (
        <p className="py-4 text-muted">{words.loading}</p>
      ) : (
        <EmptyState title={words.missingTitle}>{words.missing}</EmptyState>
      )}
    </div>
  );
}

function OfferForm({ offer, onDone }: { offer: ActionOffer; onDone(params: Parameters): void }) {
  const { t } = useWords();
  const words = t.action.dialog;
  const form = useMemo(() => formFromSchema(offer.parametersSchema), [offer.parametersSchema]);
  const [texts, setTexts] = useState(form.initial);
  const [isTried, setTried] = useState(false);
  const isBare = form.fields.length === 0 && form.unsupported.length === 0;
  useEffect(() => {
    if (isBare) onDone({});
  }, [isBare, onDone]);
  if (isBare) return null;
  const read = readParameters(form, texts);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (read.state === 'complete') onDone(read.params);
  };
  return (
    // Problems are said in our own words, below the field they are about.
    <form onSubmit={onSubmit} noValidate className="flex min-h-0 flex-col">
      <div className="flex flex-col gap-4 overflow-y-auto px-4 py-3">
        {offer.description !== '' && <p className="max-w-[68ch] text-muted">{offer.description}</p>}
        {form.fields.map((field) => (
          <ParameterField
            key={field.name}
            field={field}
            value={texts[field.name] ?? ''}
            problem={isTried && read.state === 'incomplete' ? read.problems.get(field.name) : undefined}
            onChange={(text) => setTexts((before) => ({ ...before, [field.name]: text }))}
          />
        ))}
        {form.unsupported.map(({ name, isRequired }) => (
          <p key={name} className="text-attention">
            {isRequired ? words.unsupported(name) : words.unsupportedOptional(name)}
          </p>
        ))}
      </div>
      <div className="flex justify-end border-t border-hairline px-4 py-2.5">
        <Button type="submit" look="primary" disabled={form.unsupported.some((one) => one.isRequired)}>
          {words.show}
        </Button>
      </div>
    </form>
  );
}
