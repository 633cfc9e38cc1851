import { z } from 'zod';
import { ActionNotFound } from '../../errors.ts';
import { type Api, actorOf } from '../api.ts';
import {
  Action,
  ActionExtension,
  ActionId,
  ActionList,
  ActionPreview,
  ActionPreviewRequest,
  ActionQuery,
  ActionRequest,
} from '../contract/index.ts';
import { failures, failuresWithBody } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

const Params = z.object({ id: ActionId });
const tags = ['actions'];

export function addActionRoutes(api: Api, { actions }: Rooms): void {
  api.post(
    '/actions/preview',
    {
      schema: {
        tags,
        summary: 'What an action would do',
        description: 'Asks every instance and changes nothing. The preview is what can then be confirmed.',
        body: ActionPreviewRequest,
        response: { 200: ActionPreview, ...failuresWithBody(404, 409) },
      },
    },
    (request) => actions.preview(request.body),
  );

  api.post(
    '/actions',
    {
      schema: {
        tags,
        summary: 'Run what was previewed',
        description:
          'Answers at once; the action is followed at the address in Location or by the events. The same request with the same key again is answered with the same action, and does nothing more.',
        body: ActionRequest,
        response: {
          200: Action,
          202: Action,
          ...failuresWithBody(409, 422),
        },
      },
    },
    async (request, reply) => {
      const { action, isNew } = await actions.request(request.body, actorOf(request));
      return reply
        .code(isNew ? 202 : 200)
        .header('location', `/api/v1/actions/${action.id}`)
        .send(action);
    },
  );

  api.get(
    '/actions',
    {
      schema: {
        tags,
        summary: 'Actions, newest first',
        description: 'A page may have fewer than the limit and go on all the same: `nextBefore` says so.',
        querystring: ActionQuery,
        response: { 200: ActionList, ...failures() },
      },
    },
    ({ query }) => actions.list(query),
  );

  api.get(
    '/actions/:id',
    {
      schema: { tags, summary: 'One action', params: Params, response: { 200: Action, ...failures(404) } },
    },
    async ({ params }) => {
      const action = await actions.find(params.id);
      if (!action) throw new ActionNotFound(params.id);
      return action;
    },
  );

  api.post(
    '/actions/:id/cancel',
    {
      schema: {
        tags,
        summary: 'Ask the instances to take back what they have begun',
        description: 'An action that has ended is left as it is.',
        params: Params,
        response: { 202: Action, ...failures(404) },
      },
    },
    async (request, reply) => reply.code(202).send(await actions.cancel(request.params.id, actorOf(request))),
  );

  api.post(
    '/actions/:id/extend',
    {
      schema: {
        tags,
        summary: 'Give an action so much more time from now',
        params: Params,
        body: ActionExtension,
        response: { 200: Action, ...failuresWithBody(404, 409) },
      },
    },
    (request) => actions.extend(request.params.id, request.body.deadlineSeconds, actorOf(request)),
  );
}
