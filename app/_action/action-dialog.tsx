'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { servicesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { ConfirmStep } from './confirm-step.tsx';
import { mintIdempotencyKey } from './idempotency-key.ts';
import type { ActionWish } from './offers.ts';
import { ParametersStep } from './parameters-step.tsx';
import { whereOf } from './progress.ts';

/** Asks with what, shows what would happen, and has it confirmed. One dialog is one intention: it has one key. */
export default function ActionDialog({ wish, onClose }: { wish: ActionWish; onClose(): void }) {
  const { t } = useWords();
  const [idempotencyKey] = useState(mintIdempotencyKey);
  const [params, setParams] = useState(wish.params ?? null);
  const where = useWhere(wish);
  return (
    <Dialog title={t.action.titleOf(wish.title ?? wish.type, where)} onClose={onClose} width="max-w-2xl">
      {params === null ? (
        <ParametersStep wish={wish} onDone={setParams} />
      ) : (
        <ConfirmStep
          wish={wish}
          where={where}
          params={params}
          idempotencyKey={idempotencyKey}
          onChange={wish.params === undefined ? () => setParams(null) : undefined}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function useWhere({ service, instanceIds }: ActionWish): string {
  const { t } = useWords();
  const services = useQuery(servicesQuery()).data;
  if (instanceIds === null) return service;
  const instances = services?.flatMap((one) => one.instances) ?? [];
  return whereOf(
    instanceIds.map((id) => {
      const instance = instances.find((one) => one.id === id);
      return { instanceName: instance?.name ?? id, service: instance?.service ?? service };
    }),
    t.action.instances,
  );
}
