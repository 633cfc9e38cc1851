import { z } from 'zod';
import { CaptureNotFound } from '../../errors.ts';
import { type Api, actorOf } from '../api.ts';
import {
  Capture,
  CaptureChange,
  CaptureId,
  CaptureList,
  CaptureQuery,
  CaptureRequest,
} from '../contract/index.ts';
import { failures, failuresWithBody } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

const Params = z.object({ id: CaptureId });
const tags = ['captures'];

export function addCaptureRoutes(api: Api, { captures }: Rooms): void {
  api.post(
    '/captures',
    {
      schema: {
        tags,
        summary: 'Ask for a capture',
        description: 'Answers at once; the capture is followed at the address in Location or by the events.',
        body: CaptureRequest,
        response: { 202: Capture, ...failuresWithBody(404, 409, 507) },
      },
    },
    async (request, reply) => {
      const capture = await captures.request(request.body, actorOf(request));
      return reply.code(202).header('location', `/api/v1/captures/${capture.id}`).send(capture);
    },
  );

  api.get(
    '/captures',
    {
      schema: {
        tags,
        summary: 'Captures, newest first',
        querystring: CaptureQuery,
        response: { 200: CaptureList, ...failures() },
      },
    },
    ({ query }) => captures.list(query),
  );

  api.get(
    '/captures/:id',
    {
      schema: { tags, summary: 'One capture', params: Params, response: { 200: Capture, ...failures(404) } },
    },
    async ({ params }) => {
      const capture = await captures.find(params.id);
      if (!capture) throw new CaptureNotFound(params.id);
      return capture;
    },
  );

  api.post(
    '/captures/:id/stop',
    {
      schema: {
        tags,
        summary: 'End the recording now and keep it',
        description: 'A capture that has ended is left as it is.',
        params: Params,
        response: { 202: Capture, ...failures(404) },
      },
    },
    async (request, reply) => reply.code(202).send(await captures.stop(request.params.id, actorOf(request))),
  );

  api.post(
    '/captures/:id/cancel',
    {
      schema: {
        tags,
        summary: 'End the capture now and discard it',
        description: 'A capture that has ended is left as it is.',
        params: Params,
        response: { 202: Capture, ...failures(404) },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await captures.cancel(request.params.id, actorOf(request))),
  );

  api.patch(
    '/captures/:id',
    {
      schema: {
        tags,
        summary: 'Pin a capture or note something on it',
        params: Params,
        body: CaptureChange,
        response: { 200: Capture, ...failuresWithBody(404) },
      },
    },
    (request) => captures.change(request.params.id, request.body, actorOf(request)),
  );

  api.delete(
    '/captures/:id',
    {
      schema: {
        tags,
        summary: 'Delete a capture that has ended, with its artifact',
        params: Params,
        response: { 204: z.null().describe('It is gone'), ...failures(404, 409) },
      },
    },
    async (request, reply) => {
      await captures.delete(request.params.id, actorOf(request));
      return reply.code(204).send(null);
    },
  );
}
