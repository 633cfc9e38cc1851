import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import httpProxy from '@fastify/http-proxy';
import type { FastifyReply } from 'fastify';
import { makeNonce, toContentSecurityPolicy } from '../access/content-security-policy.ts';
import type { Access, Api } from '../api.ts';
import { PagesUnavailable } from '../errors.ts';
import { toCompressed } from './compressed-answer.ts';
import type { Pages } from './pages.ts';
import { toUnavailablePage } from './unavailable-page.ts';

/** How long a page may take to render. */
const RENDER_TIMEOUT_MS = 20_000;

/** What the renderer is told of a request; everything else stays here, above all who makes it. */
const PASSED_ON = [
  'accept',
  'accept-language',
  'if-modified-since',
  'if-none-match',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-router-state-tree',
  'next-url',
  'range',
  'rsc',
  'user-agent',
] as const;

/** Cookies that say how a page shall look. None of them means anything to the server. */
const PASSED_COOKIES = ['theme', 'locale'];

/** What the renderer may not say. */
const KEPT_BACK = new Set(['set-cookie', 'x-powered-by', 'server', 'date', 'connection', 'keep-alive']);

/** What can be seen without signing in: the sign-in page, and the scripts and styles that pages are made of. */
const OPEN_ROUTES = ['/_next/static/*', '/sign-in', '/favicon.ico', '/icon.svg'];

/** As much of a request as concerns its page. */
interface PageRequest {
  readonly headers: IncomingHttpHeaders;
  nonce: string | undefined;
}

export interface PageRouteOptions {
  readonly pages: Pages | null;
  readonly encrypted: boolean;
}

/** Adds what is neither API nor metrics: pages, passed on to the renderer without the caller's secrets. */
export async function addPageRoutes(app: Api, options: PageRouteOptions): Promise<void> {
  await addProxy(app, options, OPEN_ROUTES, 'anyone');
  await addProxy(app, options, ['/', '/*'], 'page');
}

async function addProxy(
  app: Api,
  options: PageRouteOptions,
  routes: string[],
  access: Access,
): Promise<void> {
  await app.register(httpProxy, {
    upstream: '',
    routes,
    config: { access },
    // Pages are only ever read: what changes something goes to the API.
    httpMethods: ['GET', 'HEAD'],
    proxyPayloads: false,
    disableRequestLogging: true,
    http: { requestOptions: { timeout: RENDER_TIMEOUT_MS } },
    preHandler: (request, reply, done) => {
      request.nonce = makeNonce();
      const state = options.pages?.state;
      if (state?.is === 'ready') done();
      else answerUnavailable(request, reply, whyUnavailable(options.pages));
    },
    replyOptions: {
      getUpstream: () =>
        options.pages?.state.is === 'ready' ? options.pages.state.origin : 'http://127.0.0.1:9',
      retryDelay: () => null,
      rewriteRequestHeaders: (request, headers) => toRendererHeaders(request, headers, options.encrypted),
      rewriteHeaders: (headers) =>
        Object.fromEntries(Object.entries(headers).filter(([name]) => !KEPT_BACK.has(name))),
      onResponse: (request, reply, answer) => {
        const stream: IncomingMessage = answer.stream;
        if (access === 'page') {
          reply.send(stream);
          return;
        }
        const { body, headers } = toCompressed(request.headers, stream, stream);
        for (const [name, value] of Object.entries(headers)) {
          if (value === null) reply.removeHeader(name);
          else reply.header(name, value);
        }
        reply.send(body);
      },
      onError: (reply) =>
        answerUnavailable(reply.request, reply as FastifyReply, 'the page renderer did not answer'),
    },
  });
}

function whyUnavailable(pages: Pages | null): string {
  if (!pages) return 'this server runs without them (OPSCENTER_PAGES=off)';
  return pages.state.is === 'down' ? pages.state.why : 'the page renderer is starting';
}

/**
 * Next takes the nonce of its scripts from the policy among the request's headers
 * (https://nextjs.org/docs/app/guides/content-security-policy).
 */
function toRendererHeaders(
  request: PageRequest,
  headers: IncomingHttpHeaders,
  encrypted: boolean,
): IncomingHttpHeaders {
  const passed: IncomingHttpHeaders = { host: headers.host };
  for (const name of PASSED_ON) {
    const value = headers[name];
    if (value !== undefined) Object.assign(passed, { [name]: value });
  }
  const cookies = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => PASSED_COOKIES.some((name) => pair.startsWith(`${name}=`)));
  if (cookies.length > 0) passed.cookie = cookies.join('; ');
  if (request.nonce) {
    passed['content-security-policy'] = toContentSecurityPolicy(request.nonce, { encrypted });
  }
  return passed;
}

/** People get a page that tries again by itself, programs a problem document. */
function answerUnavailable(request: PageRequest, reply: FastifyReply, why: string): void {
  if (!request.headers.accept?.includes('text/html') || request.headers.rsc !== undefined) {
    reply.send(new PagesUnavailable(why));
    return;
  }
  request.nonce ??= makeNonce();
  reply
    .code(503)
    .header('retry-after', '2')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(toUnavailablePage(why, request.nonce));
}
