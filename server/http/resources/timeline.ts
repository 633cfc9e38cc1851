import { z } from 'zod';
import type { Api } from '../api.ts';
import { TimelineEvent, TimelineQuery } from '../contract/index.ts';
import { failures } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

export function addTimelineRoutes(api: Api, { timeline }: Rooms): void {
  api.get(
    '/timeline',
    {
      schema: {
        tags: ['timeline'],
        summary: 'What happened to services, instances and captures, newest first',
        querystring: TimelineQuery,
        response: { 200: z.array(TimelineEvent), ...failures() },
      },
    },
    async ({ query }) => timeline.list(query),
  );
}
