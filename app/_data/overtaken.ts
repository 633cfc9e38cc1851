import type { QueryClient } from '@tanstack/react-query';
import type { StateChange } from '#contract';
import { applyChange } from './apply-change.ts';

/**
 * A change may overtake the answer of a request that was computed before it, be it a question or an order. So changes
 * that arrive while an answer is on its way are written once more when it is in. While none is on its way nothing can be
 * overtaken, and what was kept is let go: written later, it would bring back a past.
 */
export function keepOvertaken(client: QueryClient): { take(change: StateChange): void; stop(): void } {
  let overtaken: StateChange[] = [];
  const isAwaiting = () => client.isFetching() + client.isMutating() > 0;
  const writeAgain = () => {
    const changes = overtaken;
    // After the cache has told everyone about the answer.
    queueMicrotask(() => {
      for (const change of changes) applyChange(client, change);
      if (!isAwaiting()) overtaken = [];
    });
  };
  const stopQueries = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual) writeAgain();
  });
  const stopMutations = client.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') writeAgain();
  });
  return {
    take(change) {
      applyChange(client, change);
      if (isAwaiting()) overtaken.push(change);
      else overtaken = [];
    },
    stop() {
      stopQueries();
      stopMutations();
    },
  };
}
