import { z } from 'zod';
import type { ConsoleAccess } from '../access/console-access.ts';
import type { Api } from '../api.ts';
import { Session, SignIn } from '../contract/index.ts';
import { SignInRequired } from '../errors.ts';
import { failures, failuresWithBody } from '../openapi.ts';
import type { Rooms } from '../rooms.ts';

const tags = ['session'];

export function addSessionRoutes(api: Api, { audit }: Rooms, access: ConsoleAccess): void {
  api.get(
    '/session',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'Who the console takes you for',
        response: { 200: Session, ...failures() },
      },
    },
    async ({ caller }) => {
      if (!caller) throw new SignInRequired();
      const expiresAt = caller.by === 'session' ? new Date(caller.session.expiresAtMs).toISOString() : null;
      return { actor: caller.actor, expiresAt };
    },
  );

  api.post(
    '/session',
    {
      config: { access: 'anyone' },
      schema: {
        tags,
        summary: 'Sign in: exchange the console token for a session cookie',
        body: SignIn,
        response: { 201: Session, ...failuresWithBody() },
      },
    },
    async (request, reply) => {
      const actor = access.admit(request.body.token, request.ip);
      const session = await audit.run(
        { actor, action: 'session.begin', target: 'console', detail: { address: request.ip } },
        () => access.sessions.begin(),
      );
      const maxAgeSeconds = Math.floor((session.expiresAtMs - Date.now()) / 1000);
      reply.header('set-cookie', access.toCookie(session.secret, maxAgeSeconds));
      return reply.code(201).send({ actor, expiresAt: new Date(session.expiresAtMs).toISOString() });
    },
  );

  api.delete(
    '/session',
    {
      config: { access: 'anyone' },
      schema: {
        tags,
        summary: 'Sign out',
        response: { 204: z.null().describe('Nobody is signed in any more'), ...failures() },
      },
    },
    async ({ caller }, reply) => {
      if (caller?.by === 'session') {
        const { actor, session } = caller;
        await audit.run({ actor, action: 'session.end', target: 'console', detail: {} }, () =>
          access.sessions.end(session.key),
        );
      }
      return reply.code(204).header('set-cookie', access.toClearingCookie()).send(null);
    },
  );
}
