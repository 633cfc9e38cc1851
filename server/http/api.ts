import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Caller } from './access/console-access.ts';
import { SignInRequired } from './errors.ts';

/** The part of the front door that routes are added to: schemas are zod's, and handlers are typed by them. */
export type Api = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/**
 * Who may reach a route. `signed-in`: whoever has the console token, where there is one (what a route gets that says
 * nothing). `page`: the same, but strangers are led to the sign-in page. `anyone`: it tells and does nothing of worth.
 */
export type Access = 'signed-in' | 'page' | 'anyone';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** undefined only on routes for anyone. */
    caller: Caller | undefined;
    /** What scripts in the answer carry; set for answers that are pages. */
    nonce: string | undefined;
  }
}

/** The name that the audit keeps. Routes for signed-in callers always have one. */
export function actorOf(request: { readonly caller: Caller | undefined }): string {
  if (!request.caller) throw new SignInRequired();
  return request.caller.actor;
}
