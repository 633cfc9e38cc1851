import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../contract/index.ts';
import { sendRaw } from '../testing/raw-connection.ts';
import { TestConsole } from '../testing/test-console.ts';
import type { Pages, PagesState } from './pages.ts';

/** A renderer as far as the front door sees one: a port on loopback that answers. It keeps what it was asked. */
async function openRenderer(answer: RequestListener = (_request, response) => response.end('a page')) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const ready: PagesState = { is: 'ready', origin: `http://127.0.0.1:${address.port}` };
  const pages: { state: PagesState } = { state: ready };
  return { asked, pages: pages satisfies Pages, server };
}

const html = { accept: 'text/html,application/xhtml+xml' };

describe('the renderer', () => {
  test('is told how the page shall look, and nothing about who asks', async () => {
    const { asked, pages } = await openRenderer();
    const opened = await TestConsole.open({ pages, token: 'the-console-token' });
    const answer = await opened.send('/services/lobby?tab=events', {
      headers: {
        ...html,
        authorization: 'Bearer the-console-token',
        cookie: 'opscenter-session=secret; theme=dark; other=also-secret; locale=ko',
        'accept-language': 'ko',
        rsc: '1',
        'x-forwarded-for': '10.0.0.1',
        'x-middleware-subrequest': 'middleware',
        'next-action': 'deadbeef',
        'x-anything': 'else',
      },
    });
    expect(answer.text).toBe('a page');
    expect(asked[0]?.url).toBe('/services/lobby?tab=events');
    const { host, connection, ...told } = asked[0]?.headers ?? {};
    expect(told).toEqual({
      accept: html.accept,
      'accept-language': 'ko',
      rsc: '1',
      cookie: 'theme=dark; locale=ko',
      'content-security-policy': expect.stringContaining("'nonce-"),
    });
  });

  test('gets a new nonce for every page, and it is the one in the answer', async () => {
    const { asked, pages } = await openRenderer();
    const opened = await TestConsole.open({ pages });
    const nonces = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const { headers } = await opened.send('/', { headers: html });
      const policy = String(headers['content-security-policy']);
      expect(asked[i]?.headers['content-security-policy']).toBe(policy);
      expect(policy).toContain("script-src 'self' 'nonce-");
      expect(policy).not.toMatch(/script-src[^;]*'unsafe-/);
      nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
    }
    expect(nonces.size).toBe(5);
  });

  test('cannot set cookies or weaken what protects the page', async () => {
    const { pages } = await openRenderer((_request, response) => {
      response.setHeader('set-cookie', 'opscenter-session=forged');
      response.setHeader('content-security-policy', "default-src * 'unsafe-inline'");
      response.setHeader('x-frame-options', 'ALLOWALL');
      response.setHeader('x-powered-by', 'something');
      response.end('a page');
    });
    const opened = await TestConsole.open({ pages });
    const { headers } = await opened.send('/', { headers: html });
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('never sees the API, the metrics or a request that changes something', async () => {
    const { asked, pages } = await openRenderer();
    const opened = await TestConsole.open({ pages });
    for (const path of [
      '/api',
      '/api/',
      '/api/v1',
      '/api/v2/x',
      '/%61pi/v1/nothing',
      '/api/..%2f',
      '/metrics',
      '/healthz',
      '/readyz',
      '/_next/image?url=x',
    ]) {
      await opened.send(path, { headers: html });
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status } = await opened.send('/', {
        method,
        headers: { 'x-opscenter': '1', 'next-action': 'x' },
      });
      expect(status).toBe(405);
    }
    expect(asked.map(({ url }) => url)).toEqual([]);
  });

  test('is never asked outside its root or on another host', async () => {
    const { asked, pages } = await openRenderer();
    const opened = await TestConsole.open({ pages });
    for (const path of [
      '/../secret',
      '/..%2f..%2fsecret',
      '/%2e%2e/secret',
      '//evil.example/',
      '/\\evil.example/',
      'http://evil.example/',
      '/_next/static/../../secret',
    ]) {
      await sendRaw(opened.port, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    }
    for (const { url, headers } of asked) {
      expect(url).not.toContain('..');
      expect(headers.host).toMatch(/^127\.0\.0\.1:/);
    }
  });

  test('serves scripts and styles to strangers, and pages to nobody who has not signed in', async () => {
    const { asked, pages } = await openRenderer();
    const opened = await TestConsole.open({ pages, token: 'the-console-token' });
    for (const path of ['/_next/static/chunks/a.js', '/sign-in?then=%2F', '/favicon.ico', '/icon.svg']) {
      expect((await opened.send(path)).status).toBe(200);
    }
    const passed = asked.length;
    for (const path of ['/', '/services/lobby', '/_next/data/x.json', '/sign-in/x', '/_next/static']) {
      expect((await opened.send(path)).status).toBe(303);
    }
    expect(asked.length).toBe(passed);
  });

  test('passes a large page through without gathering it', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const { pages } = await openRenderer((_request, response) => {
      for (let i = 0; i < 100; i++) response.write(chunk);
      response.end();
    });
    const opened = await TestConsole.open({ pages });
    expect((await opened.send('/')).body.length).toBe(100 * chunk.length);
  });
});

describe('a script or style', () => {
  const script = 'export const answer = 42;\n'.repeat(1000);
  const serve = () =>
    openRenderer((_request, response) => {
      response.setHeader('content-type', 'application/javascript; charset=UTF-8');
      response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      response.setHeader('etag', '"abc"');
      response.setHeader('content-length', Buffer.byteLength(script));
      response.end(script);
    });

  test('comes packed to whoever understands that', async () => {
    const { pages } = await serve();
    const opened = await TestConsole.open({ pages });
    for (const encoding of ['gzip', 'gzip, deflate, br, zstd', 'br;q=1, gzip;q=0.5']) {
      const answer = await opened.send('/_next/static/a.js', { headers: { 'accept-encoding': encoding } });
      expect(answer.headers).toMatchObject({
        'content-encoding': 'gzip',
        vary: 'accept-encoding',
        etag: 'W/"abc"',
      });
      expect(answer.headers['cache-control']).toContain('immutable');
      expect(answer.body.length).toBeLessThan(script.length / 10);
      expect(gunzipSync(answer.body).toString()).toBe(script);
    }
  });

  test('comes as it is to everybody else', async () => {
    const { pages } = await serve();
    const opened = await TestConsole.open({ pages });
    for (const encoding of ['identity', 'gzip;q=0', 'br', 'xgzip', '*']) {
      const answer = await opened.send('/_next/static/a.js', { headers: { 'accept-encoding': encoding } });
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.text).toBe(script);
    }
  });

  test('is packed nowhere else', async () => {
    const { pages } = await serve();
    const opened = await TestConsole.open({ pages });
    const answer = await opened.send('/', { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });
});

describe('pages that cannot be rendered', () => {
  test.each<[string, PagesState, string]>([
    ['since the renderer starts', { is: 'starting' }, 'is starting'],
    [
      'since it fell',
      { is: 'down', why: 'it ended <&> is started again' },
      'it ended &#60;&#38;&#62; is started again',
    ],
    ['since it refuses connections', { is: 'ready', origin: 'http://127.0.0.1:9' }, 'did not answer'],
  ])('(%s) are explained to people in a page and to programs in a problem', async (_why, state, sentence) => {
    const opened = await TestConsole.open({ pages: { state } });
    const page = await opened.send('/services/lobby', { headers: html });
    expect(page).toMatchObject({
      status: 503,
      headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '2' },
    });
    expect(page.text).toContain(sentence);
    const nonce = /'nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1];
    expect(page.text).toContain(`<style nonce="${nonce}">`);
    const answer = await opened.send('/services/lobby');
    expect(answer.status).toBe(503);
    expect(Problem.parse(answer.json()).code).toBe('pages-unavailable');
    expect((await opened.send('/api/v1/services')).status).toBe(200);
  });

  test('since the renderer breaks off are no fault of the server', async () => {
    const { pages } = await openRenderer((request) => request.socket.destroy());
    const opened = await TestConsole.open({ pages });
    expect((await opened.send('/', { headers: html })).status).toBe(503);
    expect((await opened.send('/healthz')).status).toBe(200);
  });
});
