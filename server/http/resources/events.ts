import { z } from 'zod';
import type { Api } from '../api.ts';
import { EventsQuery, type Hello } from '../contract/index.ts';
import { TooManyStreams } from '../errors.ts';
import type { EventHub } from '../events/event-hub.ts';
import { EventStream } from '../events/event-stream.ts';
import { EVENT_STREAM_LIMIT } from '../limits.ts';
import { failures } from '../openapi.ts';

export interface EventRouteOptions {
  readonly hub: EventHub;
  readonly toHello: () => Hello;
  /** Told of a stream that belongs to a session, so that it ends with it. */
  readonly belongsTo: (sessionKey: string, stream: EventStream) => void;
}

export function addEventRoutes(api: Api, { hub, toHello, belongsTo }: EventRouteOptions): void {
  api.get(
    '/events',
    {
      schema: {
        tags: ['events'],
        summary: 'Everything as it happens (server-sent events)',
        description: [
          '`hello` comes first; `vitals` once a second, batched, never replayed; `change` is numbered and replayed after',
          'a reconnect by Last-Event-ID; `resync` says that the gap cannot be replayed: fetch everything anew.',
        ].join(' '),
        querystring: EventsQuery,
        response: {
          200: {
            description: 'The stream',
            content: { 'text/event-stream': { schema: z.unknown().meta({ type: 'string' }) } },
          },
          ...failures(),
        },
      },
    },
    async ({ caller, headers, method, query }, reply) => {
      if (hub.readerCount >= EVENT_STREAM_LIMIT) throw new TooManyStreams(EVENT_STREAM_LIMIT);
      reply.type('text/event-stream').header('cache-control', 'no-store').header('x-accel-buffering', 'no');
      if (method === 'HEAD') return reply.send('');
      const header = headers['last-event-id'];
      const stream = new EventStream({
        hub,
        hello: toHello(),
        lastEventId: (Array.isArray(header) ? header[0] : header) ?? query.lastEventId,
        vitals: query.vitals === 'on',
      });
      if (caller?.by === 'session') belongsTo(caller.session.key, stream);
      return reply.send(stream);
    },
  );
}
