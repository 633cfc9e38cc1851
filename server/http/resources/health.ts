import { z } from 'zod';
import type { Api } from '../api.ts';
import { failures } from '../openapi.ts';
import type { Pages } from '../pages/pages.ts';

const Readiness = z.object({
  ready: z.boolean(),
  /** `off`: not asked for. The API does not need them. */
  pages: z.enum(['off', 'starting', 'ready', 'down']),
});

/** What a process supervisor asks: is it alive, and does it take work? Both tell nothing about the platform. */
export function addHealthRoutes(app: Api, pages: Pages | null): void {
  const config = { access: 'anyone' } as const;
  const tags = ['health'];
  app.get(
    '/healthz',
    {
      config,
      schema: {
        tags,
        summary: 'The process is alive',
        response: { 200: z.object({ alive: z.literal(true) }) },
      },
    },
    async () => ({ alive: true as const }),
  );
  // Listening begins when every room has started, so whoever gets an answer gets this one.
  app.get(
    '/readyz',
    {
      config,
      schema: { tags, summary: 'The server takes requests', response: { 200: Readiness, ...failures() } },
    },
    async () => ({ ready: true, pages: pages?.state.is ?? ('off' as const) }),
  );
}
