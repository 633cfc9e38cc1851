import { z } from 'zod';
import { ServiceNotFound } from '../../errors.ts';
import type { Api } from '../api.ts';
import { Service, ServiceName } from '../contract/index.ts';
import { failures } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

export function addServiceRoutes(api: Api, { directory }: Rooms): void {
  api.get(
    '/services',
    {
      schema: {
        tags: ['services'],
        summary: 'Every service with its instances, by tier and name',
        response: { 200: z.array(Service), ...failures() },
      },
    },
    async () => directory.services(),
  );

  api.get(
    '/services/:name',
    {
      schema: {
        tags: ['services'],
        summary: 'One service with its instances',
        params: z.object({ name: ServiceName }),
        response: { 200: Service, ...failures(404) },
      },
    },
    async ({ params }) => {
      const service = directory.services().find((candidate) => candidate.name === params.name);
      if (!service) throw new ServiceNotFound(params.name);
      return service;
    },
  );
}
