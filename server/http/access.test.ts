import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { TestClock } from '../testing/test-clock.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { AuditList, Problem, Session, System } from './contract/index.ts';
import { EventReader } from './testing/event-reader.ts';
import { TestConsole, testTls } from './testing/test-console.ts';

const TOKEN = 'the-console-token';
const bearer = { authorization: `Bearer ${TOKEN}` };

async function signIn(opened: TestConsole, token = TOKEN) {
  const answer = await opened.change('POST', '/api/v1/session', { token });
  const cookie = answer.headers['set-cookie']?.[0] ?? '';
  return { answer, cookie, value: cookie.split(';')[0] ?? '' };
}

describe('a console on loopback without a token', () => {
  test('knows everybody as local', async () => {
    const opened = await TestConsole.open();
    expect(Session.parse((await opened.send('/api/v1/session')).json())).toEqual({
      actor: 'local',
      expiresAt: null,
    });
    expect(System.parse((await opened.send('/api/v1/system')).json()).signInRequired).toBe(false);
  });

  test('answers to its own names only, so that no other site can take its origin', async () => {
    const opened = await TestConsole.open({ names: ['console.example'] });
    for (const host of ['localhost', `127.0.0.1:${opened.port}`, 'console.example']) {
      expect((await opened.send('/api/v1/system', { headers: { host } })).status).toBe(200);
    }
    for (const host of ['evil.example', `evil.example:${opened.port}`, '169.254.169.254']) {
      for (const path of ['/', '/api/v1/system', '/healthz', '/metrics', '/nothing']) {
        const answer = await opened.send(path, { headers: { host } });
        expect.soft(answer.status, `${host}${path}`).toBe(421);
        expect.soft(Problem.parse(answer.json()).code).toBe('host-not-served');
      }
    }
  });

  test('changes nothing for a page of another site', async () => {
    const opened = await TestConsole.open();
    const wish = JSON.stringify({ service: 'user-service', kind: 'cpu', durationSeconds: 1 });
    const json = { 'content-type': 'application/json' };
    for (const headers of [
      json,
      { ...json, 'x-opscenter': '1', origin: 'http://evil.example' },
      { ...json, 'x-opscenter': '1', origin: 'null' },
      { ...json, 'x-opscenter': '1', 'sec-fetch-site': 'cross-site' },
      { ...json, 'x-opscenter': '1', 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await opened.send('/api/v1/captures', { method: 'POST', headers, body: wish });
      expect.soft(answer.status).toBe(403);
      expect.soft(Problem.parse(answer.json()).code).toBe('foreign-request');
    }
    // What a form of another site can send without asking.
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const headers = { 'content-type': type, 'x-opscenter': '1' };
      expect((await opened.send('/api/v1/captures', { method: 'POST', headers, body: wish })).status).toBe(
        415,
      );
    }
    expect(AuditList.parse((await opened.send('/api/v1/audit')).json()).entries).toEqual([]);
  });

  test('lets no other site read, not even by asking with an origin', async () => {
    const opened = await TestConsole.open();
    const answer = await opened.send('/api/v1/services', { headers: { origin: 'http://evil.example' } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    const asked = await opened.send('/api/v1/captures', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBeGreaterThanOrEqual(400);
  });
});

describe('every answer', () => {
  test('forbids to be framed, sniffed, embedded or run', async () => {
    const opened = await TestConsole.open();
    for (const path of [
      '/api/v1/services',
      '/api/v1/nothing',
      '/healthz',
      '/metrics',
      '/',
      '/%ff',
      `/${'x'.repeat(5000)}`,
    ]) {
      const { headers } = await opened.send(path);
      expect.soft(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'x-request-id': expect.stringMatching(/^[0-9a-f]{16}$/),
      });
      expect.soft(headers['strict-transport-security']).toBeUndefined();
      expect.soft(headers['x-powered-by']).toBeUndefined();
    }
  });

  test('has a number of its own, whatever number was asked for', async () => {
    const opened = await TestConsole.open();
    const { headers } = await opened.send('/healthz', {
      headers: { 'x-request-id': 'mine', 'request-id': 'mine' },
    });
    expect(headers['x-request-id']).not.toBe('mine');
  });
});

describe('a console with a token', () => {
  test('tells strangers nothing but whether it lives', async () => {
    const opened = await TestConsole.open({ token: TOKEN });
    for (const path of [
      '/api/v1/services',
      '/api/v1/events',
      '/api/v1/openapi.json',
      '/api/v1/nothing',
      '/metrics',
      '/api/v1/session',
    ]) {
      const answer = await opened.send(path);
      expect.soft(answer.status, path).toBe(401);
      expect.soft(Problem.parse(answer.json()).code).toBe('sign-in-required');
      expect.soft(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
    for (const path of ['/healthz', '/readyz']) expect((await opened.send(path)).status).toBe(200);
  });

  test('leads people to the sign-in page, and remembers where they were going', async () => {
    const opened = await TestConsole.open({ token: TOKEN });
    const answer = await opened.send('/captures/cap_1?view=flame&x=//evil.example');
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(
      `/sign-in?then=${encodeURIComponent('/captures/cap_1?view=flame&x=//evil.example')}`,
    );
  });

  test('takes the token as a bearer token, for changes too', async () => {
    const opened = await TestConsole.open({ token: TOKEN });
    expect((await opened.send('/api/v1/services', { headers: bearer })).status).toBe(200);
    const answer = await opened.send('/api/v1/captures', {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify({ service: 'nobody', kind: 'cpu', durationSeconds: 1 }),
    });
    expect(Problem.parse(answer.json()).code).toBe('service-not-found');
  });

  test('exchanges the token for a session that no script can read and no other site can use', async () => {
    const opened = await TestConsole.open({ token: TOKEN });
    const { answer, cookie, value } = await signIn(opened);
    expect(answer.status).toBe(201);
    expect(Session.parse(answer.json()).actor).toMatch(/^token:[0-9a-f]{8}$/);
    expect(cookie).toMatch(/^opscenter-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    expect(answer.text).not.toContain(value.split('=')[1]);
    expect(
      (await opened.send('/api/v1/services', { headers: { cookie: `theme=dark; ${value}` } })).status,
    ).toBe(200);
    // A cookie comes along by itself, so changes still need the header.
    expect(
      (await opened.send('/api/v1/session', { method: 'DELETE', headers: { cookie: value } })).status,
    ).toBe(403);
  });

  test('writes into the audit who came and went, by a name that does not tell the token', async () => {
    const opened = await TestConsole.open({ token: TOKEN });
    const { value } = await signIn(opened);
    await opened.change('DELETE', '/api/v1/session', undefined, { cookie: value });
    const { entries } = AuditList.parse((await opened.send('/api/v1/audit', { headers: bearer })).json());
    expect(entries.map(({ action, phase }) => `${action} ${phase}`)).toEqual([
      'session.end outcome',
      'session.end intent',
      'session.begin outcome',
      'session.begin intent',
    ]);
    expect(JSON.stringify(entries)).not.toContain(TOKEN);
    expect(JSON.stringify(entries)).not.toContain(value.split('=')[1]);
  });

  test('forgets a session that is signed out, and closes its event streams', async () => {
    const opened = await TestConsole.open({ token: TOKEN });
    const { value } = await signIn(opened);
    const events = await EventReader.connect(`${opened.origin}/api/v1/events`, { cookie: value });
    await events.next('hello');
    const answer = await opened.change('DELETE', '/api/v1/session', undefined, { cookie: value });
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']?.[0]).toContain('Max-Age=0');
    await events.ended;
    expect((await opened.send('/api/v1/services', { headers: { cookie: value } })).status).toBe(401);
  });

  test('keeps its sessions over a restart', async () => {
    const before = await TestConsole.open({ token: TOKEN });
    const { value } = await signIn(before);
    const { dataDirectory } = before;
    await before[Symbol.asyncDispose]();
    const after = await TestConsole.open({ token: TOKEN, dataDirectory });
    expect((await after.send('/api/v1/services', { headers: { cookie: value } })).status).toBe(200);
  });

  test('does not take a wrong token, and after ten of them none at all for a minute', async () => {
    const clock = new TestClock(new Date().toISOString());
    const opened = await TestConsole.open({ token: TOKEN, clock });
    for (let attempt = 0; attempt < 5; attempt++) {
      const { answer } = await signIn(opened, `guess-number-${attempt}`);
      expect(Problem.parse(answer.json()).code).toBe('console-token-refused');
      const guess = { authorization: `Bearer guess-number-${attempt}` };
      expect((await opened.send('/api/v1/services', { headers: guess })).status).toBe(401);
    }
    const refused = (await signIn(opened)).answer;
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await opened.send('/api/v1/services', { headers: bearer })).status).toBe(429);
    clock.advance(60_000);
    expect((await signIn(opened)).answer.status).toBe(201);
  });

  test.each(['Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer a b', '\t', `Bearer ${'x'.repeat(8000)}`])(
    'does not take the authorization %j',
    async (authorization) => {
      const opened = await TestConsole.open({ token: TOKEN });
      expect((await opened.send('/api/v1/services', { headers: { authorization } })).status).toBe(401);
    },
  );
});

describe('a console with TLS', () => {
  test('binds the browser to it', async () => {
    const opened = await TestConsole.open({ token: TOKEN, tls: testTls() });
    const { cookie, value } = await signIn(opened);
    expect(cookie).toMatch(/^__Host-opscenter=.*; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/);
    const { headers, status } = await opened.send('/api/v1/services', {
      headers: { cookie: value, origin: opened.origin, 'sec-fetch-site': 'same-origin' },
    });
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('takes no old version of it', async () => {
    const opened = await TestConsole.open({ token: TOKEN, tls: testTls() });
    let failed = false;
    const socket = connect({
      port: opened.port,
      host: '127.0.0.1',
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ca: testTls().cert,
    });
    socket.on('error', () => {
      failed = true;
    });
    await waitUntil('the handshake fails', () => failed);
  });
});
