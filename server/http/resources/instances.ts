import { z } from 'zod';
import { InstanceNotFound } from '../../errors.ts';
import type { Api } from '../api.ts';
import {
  CaptureOffers,
  Instance,
  InstanceDetail,
  InstanceId,
  InstanceQuery,
  VitalsHistory,
  VitalsQuery,
} from '../contract/index.ts';
import { failures } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

const Params = z.object({ id: InstanceId });

export function addInstanceRoutes(api: Api, { directory }: Rooms): void {
  api.get(
    '/instances',
    {
      schema: {
        tags: ['instances'],
        summary: 'Every instance, or those of one service',
        querystring: InstanceQuery,
        response: { 200: z.array(Instance), ...failures() },
      },
    },
    async ({ query }) => {
      const all = directory.list();
      return query.service ? all.filter((instance) => instance.service === query.service) : all;
    },
  );

  api.get(
    '/instances/:id',
    {
      schema: {
        tags: ['instances'],
        summary: 'One instance with its resources and the actions it offers',
        params: Params,
        response: { 200: InstanceDetail, ...failures(404) },
      },
    },
    async ({ params }) => {
      const instance = directory.findDetail(params.id);
      if (!instance) throw new InstanceNotFound(params.id);
      return instance;
    },
  );

  api.get(
    '/instances/:id/captures',
    {
      schema: {
        tags: ['instances'],
        summary: 'What can be captured here, at the price of this moment',
        description:
          'Asked of the instance now: the price of a heap snapshot is that of the heap as it is. When it does not answer in time, `isCurrent` is false and what it said last is told, as of then.',
        params: Params,
        response: { 200: CaptureOffers, ...failures(404, 409) },
      },
    },
    async ({ params }, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      return await directory.readCaptureOffers(params.id, gone.signal);
    },
  );

  api.get(
    '/instances/:id/vitals',
    {
      schema: {
        tags: ['instances'],
        summary: 'The vitals of the last 15 minutes, second by second',
        params: Params,
        querystring: VitalsQuery,
        response: { 200: VitalsHistory, ...failures(404) },
      },
    },
    async ({ params, query }) => {
      const since = query.since === undefined ? undefined : Date.parse(query.since);
      const vitals = directory.vitals(params.id, since);
      if (!vitals) throw new InstanceNotFound(params.id);
      return vitals;
    },
  );
}
