import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from '../api.ts';
import { ForeignRequest, HostNotServed, SignInRequired, UrlTooLong } from '../errors.ts';
import { URL_LIMIT } from '../limits.ts';
import type { ConsoleAccess } from './console-access.ts';
import { findForeignSign } from './cross-site.ts';
import type { HostNames } from './host-names.ts';

export interface GuardOptions {
  readonly access: ConsoleAccess;
  readonly hostNames: HostNames;
  readonly encrypted: boolean;
}

/** What every request passes before anything reads it further: its address, its caller, where it comes from. */
export function guardRequests(app: Api, options: GuardOptions): void {
  app.decorateRequest('caller', undefined);
  app.decorateRequest('nonce', undefined);
  app.addHook('onRequest', async (request, reply) => {
    if (!options.hostNames.admits(request.headers.host)) throw new HostNotServed();
    if ((request.raw.url?.length ?? 0) > URL_LIMIT) throw new UrlTooLong(URL_LIMIT);
    const led = await identifyCaller(request, reply, options.access);
    if (led) return led;
    const sign = findForeignSign({
      method: request.method,
      headers: request.headers,
      ownOrigin: `${options.encrypted ? 'https' : 'http'}://${request.headers.host}`,
      bearer: request.caller?.by === 'bearer',
    });
    if (sign !== undefined) throw new ForeignRequest(sign);
    return undefined;
  });
}

async function identifyCaller(
  request: FastifyRequest,
  reply: FastifyReply,
  access: ConsoleAccess,
): Promise<FastifyReply | undefined> {
  const needed = request.routeOptions.config?.access ?? 'signed-in';
  request.caller = access.identify(request.headers, request.ip);
  if (request.caller || needed === 'anyone') return undefined;
  if (needed === 'page') {
    const then = request.method === 'GET' ? `?then=${encodeURIComponent(request.raw.url ?? '/')}` : '';
    return reply.header('cache-control', 'no-store').redirect(`/sign-in${then}`, 303);
  }
  throw new SignInRequired();
}
