import { z } from 'zod';
import type { Api } from '../api.ts';
import { FleetResource, InstanceId, ResourceDetail, ResourceQuery } from '../contract/index.ts';
import { failures } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

const tags = ['resources'];

export function addResourceRoutes(api: Api, { directory }: Rooms): void {
  api.get(
    '/resources',
    {
      schema: {
        tags,
        summary: 'What the instances of the fleet are operated on: pools, rooms, and so on',
        description: 'As the instances last told of them. `findings=only` leaves those that need a look.',
        querystring: ResourceQuery,
        response: { 200: z.array(FleetResource), ...failures() },
      },
    },
    async ({ query }) =>
      directory
        .resources()
        .filter(({ service }) => query.service === undefined || service === query.service)
        .filter(({ resource }) => query.kind === undefined || resource.kind === query.kind)
        .filter(({ resource }) => query.findings === undefined || resource.finding !== null),
  );

  api.get(
    '/instances/:id/resources/:resourceId',
    {
      schema: {
        tags,
        summary: 'One resource with what is in it',
        description: 'Read from the instance at this moment: it fails when the instance cannot answer.',
        params: z.object({ id: InstanceId, resourceId: z.string().min(1).max(128) }),
        response: { 200: ResourceDetail, ...failures(404, 409, 503) },
      },
    },
    async ({ params }, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      return await directory.readResource(params.id, params.resourceId, gone.signal);
    },
  );
}
