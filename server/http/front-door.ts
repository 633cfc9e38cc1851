import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Config } from '../config.ts';
import type { ServerError } from '../errors.ts';
import type { ConsoleAccess } from './access/console-access.ts';
import { guardRequests } from './access/guards.ts';
import { HostNames } from './access/host-names.ts';
import { setSecurityHeaders } from './access/security-headers.ts';
import type { Api } from './api.ts';
import { HttpPortUnavailable, InternalFault, MethodNotAllowed, RouteNotFound } from './errors.ts';
import { feedEvents } from './events/event-feed.ts';
import { EventHub, LAST_CHANGE_HEADER } from './events/event-hub.ts';
import { SessionStreams } from './events/session-streams.ts';
import { openHttpServer } from './http-server.ts';
import { readJsonStrictly } from './json-body.ts';
import { BODY_LIMIT_BYTES, CLOSE_GRACE_MS, PARAMETER_LIMIT } from './limits.ts';
import { refuseOtherMethods } from './methods.ts';
import { addMetrics } from './metrics.ts';
import { describeApi } from './openapi.ts';
import { addPageRoutes } from './pages/page-routes.ts';
import type { Pages } from './pages/pages.ts';
import { PROBLEM_MEDIA_TYPE, toProblem, toProblemHeaders, toServerError } from './problem-document.ts';
import { addActionRoutes } from './resources/actions.ts';
import { addArtifactRoutes } from './resources/artifacts.ts';
import { addAuditRoutes } from './resources/audit.ts';
import { addCaptureRoutes } from './resources/captures.ts';
import { addEventRoutes } from './resources/events.ts';
import { addHealthRoutes } from './resources/health.ts';
import { addHeapRoutes } from './resources/heap.ts';
import { addInstanceRoutes } from './resources/instances.ts';
import { addResourceRoutes } from './resources/resources.ts';
import { addServiceRoutes } from './resources/services.ts';
import { addSessionRoutes } from './resources/session.ts';
import { addSourceRoutes } from './resources/source.ts';
import { addSystemRoutes, type SystemFacts } from './resources/system.ts';
import { addTimelineRoutes } from './resources/timeline.ts';
import type { Rooms } from './rooms.ts';

export interface FrontDoorOptions {
  readonly config: Pick<Config['http'], 'host' | 'port' | 'names' | 'tls'>;
  readonly access: ConsoleAccess;
  readonly rooms: Rooms;
  readonly facts: SystemFacts;
  /** null: this server has no pages. */
  readonly pages: Pages | null;
  readonly log: FastifyBaseLogger;
}

/** The one origin that browsers and programs talk to: API, events, downloads, metrics, and the pages behind it. */
export class FrontDoor implements AsyncDisposable {
  readonly #app: Api;
  readonly address: AddressInfo;

  /** @throws HttpPortUnavailable */
  static async open(options: FrontDoorOptions): Promise<FrontDoor> {
    const app = await assemble(options);
    const { host, port } = options.config;
    try {
      await app.listen({ host, port });
    } catch (error) {
      await app.close();
      throw toListenError(error, `${host}:${port}`);
    }
    return new FrontDoor(app);
  }

  private constructor(app: Api) {
    this.#app = app;
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new TypeError('not bound to a port');
    this.address = address;
  }

  /** Takes nothing new, ends the event streams and lets what is under way finish for a moment; then it is broken off. */
  async [Symbol.asyncDispose](): Promise<void> {
    const force = setTimeout(() => this.#app.server.closeAllConnections(), CLOSE_GRACE_MS);
    try {
      await this.#app.close();
    } finally {
      clearTimeout(force);
    }
  }
}

async function assemble(options: FrontDoorOptions): Promise<Api> {
  const { access, config, facts, pages, rooms } = options;
  const encrypted = config.tls !== null;
  const app = createApp(options.log, config.tls, encrypted);
  answerProblems(app);
  guardRequests(app, {
    access,
    encrypted,
    hostNames: new HostNames({ boundTo: config.host, names: config.names }),
  });
  app.addHook('onSend', async (request, reply) => setSecurityHeaders(request, reply, { encrypted }));
  readJsonStrictly(app);

  const hub = new EventHub(facts.epoch);
  const feeds = new DisposableStack();
  feeds.use(feedEvents(hub, rooms));
  const sessionStreams = feeds.use(new SessionStreams(access.sessions));
  app.addHook('preClose', async () => {
    feeds.dispose();
    hub.finish();
  });

  await describeApi(app, facts.version);
  const refuse = refuseOtherMethods(app);
  addHealthRoutes(app, pages);
  addMetrics(app, { rooms, hub, version: facts.version });
  await app.register(
    async (api: Api) => {
      // Before anything is looked up: a change that comes meanwhile may be in the answer, one from before surely is.
      api.addHook('onRequest', async (_request, reply) => {
        reply.header(LAST_CHANGE_HEADER, hub.toId(hub.head - 1));
      });
      api.addHook('onSend', async (_request, reply) => {
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
        else reply.removeHeader(LAST_CHANGE_HEADER);
      });
      addServiceRoutes(api, rooms);
      addInstanceRoutes(api, rooms);
      addResourceRoutes(api, rooms);
      addCaptureRoutes(api, rooms);
      addArtifactRoutes(api, rooms);
      addSourceRoutes(api, rooms);
      addHeapRoutes(api, rooms);
      addActionRoutes(api, rooms);
      addTimelineRoutes(api, rooms);
      addAuditRoutes(api, rooms);
      addSystemRoutes(api, rooms, facts, access.signInRequired);
      addSessionRoutes(api, rooms, access);
      addEventRoutes(api, {
        hub,
        toHello: () => ({
          serverStartedAt: facts.startedAt,
          epoch: facts.epoch,
          now: new Date().toISOString(),
          version: facts.version,
        }),
        belongsTo: (key, stream) => sessionStreams.add(key, stream),
      });
      api.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    },
    { prefix: '/api/v1' },
  );
  refuse();
  app.all('/api', { schema: { hide: true } }, denyRoute);
  app.all('/api/*', { schema: { hide: true } }, denyRoute);
  // Next would write to its cache for it; no page has images that need it.
  app.all('/_next/image', { schema: { hide: true } }, denyRoute);
  await addPageRoutes(app, { pages, encrypted });
  await app.ready();
  return app;
}

function createApp(log: FastifyBaseLogger, tls: Config['http']['tls'], encrypted: boolean): Api {
  const app: Api = Fastify({
    loggerInstance: log,
    // The log tells of what went wrong and of what was changed; each read of a page would drown that.
    logController: new LogController({ disableRequestLogging: true }),
    serverFactory: (handler) => openHttpServer(handler, tls),
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: PARAMETER_LIMIT },
    // A request's number is ours: one that came from outside could be made to collide in the log.
    genReqId: () => randomBytes(8).toString('hex'),
    requestIdHeader: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(request as FastifyRequest, reply as FastifyReply, { encrypted });
      sendProblem(toServerError(error, request.id), request as FastifyRequest, reply as FastifyReply);
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  // Answers are typed by the contract and tested against it. Checking each again here would let one odd value of one
  // instance take a whole list away.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  return app;
}

function answerProblems(app: Api): void {
  app.setErrorHandler((thrown, request, reply) => {
    const error = toServerError(thrown, request.id);
    if (error instanceof InternalFault) request.log.error({ err: thrown }, 'a fault of our own');
    else if (error.status >= 500) request.log.warn({ code: error.code }, error.message);
    sendProblem(error, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    // Pages are behind a wildcard, so only a method that they do not know leads here.
    const error = /^\/api(?:[/?]|$)/.test(request.url)
      ? new RouteNotFound()
      : new MethodNotAllowed(request.method, ['GET', 'HEAD']);
    sendProblem(error, request, reply);
  });
}

function sendProblem(error: ServerError, request: FastifyRequest, reply: FastifyReply): void {
  reply
    .code(error.status)
    .headers(toProblemHeaders(error))
    .header('cache-control', 'no-store')
    .removeHeader('content-length')
    .type(PROBLEM_MEDIA_TYPE)
    .serializer((problem: unknown) => JSON.stringify(problem))
    .send(toProblem(error, request.id));
}

async function denyRoute(): Promise<never> {
  throw new RouteNotFound();
}

function toListenError(error: unknown, address: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Record<string, string> = {
    EADDRINUSE: 'the port is in use',
    EACCES: 'the port is not permitted',
    EADDRNOTAVAIL: 'the address is not one of this machine',
    ENOTFOUND: 'the host name is not known',
  };
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  return reason ? new HttpPortUnavailable(address, reason, { cause: error }) : error;
}
