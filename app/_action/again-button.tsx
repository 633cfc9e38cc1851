'use client';

import { useQuery } from '@tanstack/react-query';
import type { Action } from '#contract';
import { servicesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { useOpenAction } from './action-context.tsx';
import { wishAgain } from './offers.ts';

/** The same once more, from a new preview. */
export function AgainButton({ action }: { action: Action }) {
  const { t } = useWords();
  const services = useQuery(servicesQuery()).data ?? [];
  const open = useOpenAction();
  const wish = wishAgain(action, services);
  const isFirstThing = action.status.state === 'unknown';
  return (
    <Button
      look={isFirstThing ? 'primary' : 'plain'}
      aria-disabled={wish === null}
      title={wish === null ? t.action.page.againNobody : undefined}
      onClick={() => wish && open(wish)}
    >
      {action.status.state === 'succeeded' ? t.action.page.again : t.action.page.lookAgain}
    </Button>
  );
}
