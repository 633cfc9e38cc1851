import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Resource } from '@opscenter/agent';
import { z } from 'zod';
import { runService } from '../service/run-service.ts';
import { AccountExport } from './account-export.ts';
import { readAccounts } from './accounts.ts';
import { DeskLock } from './desk-lock.ts';
import { LoginDesk } from './login-desk.ts';

const LoginRequest = z.object({ player: z.string().max(64), password: z.string().max(72) });
const MAX_BODY_BYTES = 1024;
const STATUS = { accepted: 200, rejected: 401, busy: 503, abandoned: 499 } as const;

await runService(async ({ self, settings, agent }) => {
  const accounts = readAccounts();
  const lock = new DeskLock(
    agent.trackLock({
      id: 'login-desk',
      name: 'Login desk',
      description: 'One at a time has the accounts: a password check, or their export',
    }),
  );
  const desk = new LoginDesk(accounts, lock);
  const accountExport = new AccountExport(lock, accounts.keys(), join(settings.dataDirectory, 'exports'));
  const http = createServer((request, response) => {
    route(request, response, desk).catch(() => reply(response, 400, { error: 'bad request' }));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(self.port, '127.0.0.1', resolve);
  });
  return {
    resources: [loginResource(desk)],
    orders: { contend: (seconds) => accountExport.runFor(seconds * 1000) },
    stop: () =>
      new Promise((resolve) => {
        accountExport.stop();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
});

function loginResource(desk: LoginDesk): Resource {
  return {
    id: 'logins',
    kind: 'queue',
    name: 'Logins',
    description: 'Password checks: one after the other on the main thread',
    read: () => [
      { name: 'waiting', value: desk.waiting },
      { name: 'accepted', value: desk.accepted.perMinute, unit: '1/min' },
      { name: 'rejected', value: desk.rejected.perMinute, unit: '1/min' },
      { name: 'turned away', value: desk.turnedAway.perMinute, unit: '1/min' },
      { name: 'last took', value: desk.lastMs, unit: 'ms' },
    ],
  };
}

async function route(request: IncomingMessage, response: ServerResponse, desk: LoginDesk): Promise<void> {
  if (request.method === 'GET' && request.url === '/health') {
    reply(response, 200, {
      status: 'ok',
      logins: desk.accepted.total,
      rejected: desk.rejected.total,
      turnedAway: desk.turnedAway.total,
      waiting: desk.waiting,
    });
  } else if (request.method === 'POST' && request.url === '/login') {
    const { player, password } = LoginRequest.parse(JSON.parse(await readBody(request)));
    const caller = new AbortController();
    response.once('close', () => caller.abort());
    const outcome = await desk.login(player, password, caller.signal);
    reply(response, STATUS[outcome], { outcome });
  } else {
    reply(response, 404, { error: 'not found' });
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) {
    body += piece;
    if (body.length > MAX_BODY_BYTES) throw new RangeError('The body is too long');
  }
  return body;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
