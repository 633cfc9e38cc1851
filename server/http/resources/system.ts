import type { Api } from '../api.ts';
import { System } from '../contract/index.ts';
import { failures } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

/** What the console knows about its own process. */
export interface SystemFacts {
  readonly version: string;
  readonly startedAt: string;
  readonly epoch: number;
  readonly registryAddress: string;
}

export function addSystemRoutes(
  api: Api,
  { directory, captures }: Rooms,
  facts: SystemFacts,
  signInRequired: boolean,
): void {
  api.get(
    '/system',
    {
      schema: {
        tags: ['system'],
        summary: 'The console about itself',
        response: { 200: System, ...failures() },
      },
    },
    async () => ({
      ...facts,
      now: new Date().toISOString(),
      signInRequired,
      captures: captures.counts(),
      storage: captures.storage(),
      sources: directory.sources(),
    }),
  );
}
