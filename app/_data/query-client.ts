import { QueryClient } from '@tanstack/react-query';
import { RequestFailed } from './api.ts';

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The event feed keeps the cache fresh; asking again is for gaps alone.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (failures, error) =>
          failures < 3 && !(error instanceof RequestFailed && error.status >= 400 && error.status < 500),
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4000),
      },
      // Sent now or not at all: an order that waits for the network would be carried out when nobody expects it any more.
      mutations: { networkMode: 'always' },
    },
  });
}
