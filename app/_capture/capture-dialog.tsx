'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Instance } from '#contract';
import { servicesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { EmptyState } from '../_ui/states.tsx';
import type { CaptureTarget } from './capture-context.tsx';
import { CaptureForm } from './capture-form.tsx';
import { useLiveOffers } from './live-offers.ts';
import { offersOf } from './offers.ts';
import { useDialogWords } from './use-dialog-words.ts';

/** Asks what one wants to know of a service or an instance, says what that costs, and starts it. */
export default function CaptureDialog({ target, onClose }: { target: CaptureTarget; onClose(): void }) {
  const { t } = useWords();
  const words = useDialogWords();
  const services = useQuery(servicesQuery());
  const known = useMemo(() => present(services.data, target.service), [services.data, target.service]);
  const live = useLiveOffers(known);
  const chosen = target.instanceIds;
  const only = chosen?.length === 1 ? known.find((instance) => instance.id === chosen[0]) : undefined;
  const about =
    chosen === null ? live.instances : live.instances.filter((instance) => chosen.includes(instance.id));
  const { offers } = offersOf(about);
  return (
    <Dialog title={words.titleOf(only?.name ?? target.service)} onClose={onClose} width="max-w-[60rem]">
      {offers.length > 0 ? (
        <CaptureForm target={target} live={live} about={about} onClose={onClose} />
      ) : (
        <div className="px-4 pb-2">
          <EmptyState title={words.allUnavailable}>{t.capture.noneOffered}</EmptyState>
        </div>
      )}
    </Dialog>
  );
}

/** Those that are there: what has ended offers nothing, and is not to be asked. */
function present(services: { name: string; instances: Instance[] }[] | undefined, name: string): Instance[] {
  const service = services?.find((other) => other.name === name);
  return (service?.instances ?? []).toSorted((a, b) =>
    a.name.localeCompare(b.name, undefined, { numeric: true }),
  );
}
