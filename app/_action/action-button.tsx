'use client';

import { useQuery } from '@tanstack/react-query';
import type { Instance } from '#contract';
import { instanceQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Button, type ButtonLook } from '../_ui/button.tsx';
import { RunIcon } from '../_ui/icons.tsx';
import { useOpenAction } from './action-context.tsx';
import { type ActionSubject, availabilityOf, instancesOf } from './offers.ts';

/**
 * Opens the action dialog where the need for it is seen. Is not there where no instance offers the action, and not to be
 * pressed while none that does is connected.
 *
 * @param params what is known already; without them the dialog asks for them
 * @param title what the service calls it, where that is known; else an instance is asked
 */
export function ActionButton({
  target,
  type,
  params,
  title,
  small = false,
  look = 'plain',
}: {
  target: ActionSubject;
  type: string;
  params?: Readonly<Record<string, unknown>> | undefined;
  title?: string | undefined;
  small?: boolean;
  look?: ButtonLook;
}) {
  const availability = availabilityOf(instancesOf(target), type);
  if (availability.state === 'not-offered') return null;
  const [first] = availability.instances;
  if (first === undefined) return null;
  const rest = { target, type, params, small, look, availability };
  return title === undefined ? (
    <TitledByInstance {...rest} instance={first} />
  ) : (
    <OfferedButton {...rest} title={title} />
  );
}

interface OfferedProps {
  target: ActionSubject;
  type: string;
  params: Readonly<Record<string, unknown>> | undefined;
  small: boolean;
  look: ButtonLook;
  availability: ReturnType<typeof availabilityOf>;
}

function TitledByInstance({ instance, ...rest }: OfferedProps & { instance: Instance }) {
  // Asked once: titles do not change while a process runs.
  const detail = useQuery({ ...instanceQuery(instance.id), refetchInterval: false });
  const offer = detail.data?.actions.find(({ type }) => type === rest.type);
  return <OfferedButton {...rest} title={offer?.title ?? rest.type} />;
}

function OfferedButton({
  target,
  type,
  params,
  title,
  small,
  look,
  availability,
}: OfferedProps & { title: string }) {
  const { t } = useWords();
  const open = useOpenAction();
  const isAble = availability.state === 'able';
  const why = 'service' in target ? t.action.button.offlineAll : t.action.button.offline;
  const onClick = () => {
    if (availability.state !== 'able') return;
    const [first] = availability.instances;
    if (first === undefined) return;
    open({
      type,
      service: first.service,
      instanceIds: 'service' in target ? null : availability.instances.map(({ id }) => id),
      title,
      params,
    });
  };
  return (
    // Not the attribute `disabled`: the reason must be found by the keyboard and be read aloud.
    <Button
      look={look}
      small={small}
      onClick={onClick}
      aria-disabled={!isAble}
      title={isAble ? undefined : why}
      aria-description={isAble ? undefined : why}
      data-action={type}
    >
      <RunIcon />
      {title}…
    </Button>
  );
}
