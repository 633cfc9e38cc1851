import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { Hello } from './http/contract/index.ts';
import { EventReader } from './http/testing/event-reader.ts';
import { temporaryDirectory } from './testing/temp-directory.ts';
import { waitUntil } from './testing/wait-until.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

const Ready = z.object({
  ready: z.literal(true),
  http: z.object({ host: z.string(), port: z.int() }),
  registryAddress: z.string(),
});

/** The server as a process of its own, with the settings given and no others. */
class ServerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  #stdout = '';
  #stderr = '';
  #ready: z.infer<typeof Ready> | undefined;

  constructor(environment: Record<string, string>) {
    this.child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env.PATH,
        OPSCENTER_HTTP_PORT: '0',
        OPSCENTER_GRPC_PORT: '0',
        OPSCENTER_PAGES: 'off',
        ...environment,
      } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout?.on('data', (chunk) => {
      this.#stdout += chunk;
    });
    this.child.stderr?.on('data', (chunk) => {
      this.#stderr += chunk;
    });
    this.child.on('message', (message) => {
      this.#ready = Ready.parse(message);
    });
    this.ended = once(this.child, 'exit').then(([code, signal]) => ({ code, signal }));
    onTestFinished(() => {
      this.child.kill('SIGKILL');
    });
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  untilReady(): Promise<z.infer<typeof Ready>> {
    return waitUntil('the server is ready', () => {
      if (this.child.exitCode !== null) throw new Error(`it ended: ${this.#stderr}`);
      return this.#ready;
    });
  }
}

async function refusalOf(environment: Record<string, string>): Promise<string> {
  const server = new ServerProcess(environment);
  expect(await server.ended).toEqual({ code: 1, signal: null });
  await waitUntil('it has said why', () => server.stderr.endsWith('\n'));
  expect(server.stderr).not.toMatch(/\n\s+at /);
  return server.stderr.trim();
}

async function occupyPort(): Promise<number> {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => {
    squatter.close();
  });
  const address = squatter.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('the server', () => {
  test('says when it is ready, and where', async () => {
    const server = new ServerProcess({ OPSCENTER_DATA: temporaryDirectory() });
    const { http } = await server.untilReady();
    const answer = await fetch(`http://127.0.0.1:${http.port}/readyz`);
    expect(await answer.json()).toEqual({ ready: true, pages: 'off' });
  });

  test('makes the token of the agents for its owner alone, and keeps it', async () => {
    const dataDirectory = join(temporaryDirectory(), 'new', 'data');
    const tokens = new Set<string>();
    for (let start = 0; start < 2; start++) {
      const server = new ServerProcess({ OPSCENTER_DATA: dataDirectory });
      await server.untilReady();
      const file = join(dataDirectory, 'agent-token');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      tokens.add(readFileSync(file, 'utf8').trim());
      server.child.kill('SIGTERM');
      await server.ended;
    }
    expect([...tokens]).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  });

  test('writes neither tokens nor headers to its log', async () => {
    const dataDirectory = temporaryDirectory();
    const server = new ServerProcess({
      OPSCENTER_DATA: dataDirectory,
      OPSCENTER_CONSOLE_TOKEN: 'the-console-token',
      OPSCENTER_LOG_LEVEL: 'trace',
    });
    const { http } = await server.untilReady();
    await fetch(`http://127.0.0.1:${http.port}/api/v1/services`, {
      headers: { authorization: 'Bearer the-console-token', cookie: 'opscenter-session=a-session' },
    });
    const agentToken = readFileSync(join(dataDirectory, 'agent-token'), 'utf8').trim();
    for (const secret of ['the-console-token', 'a-session', agentToken])
      expect(server.stdout).not.toContain(secret);
  });
});

describe('a server that cannot start says one sentence and no stack', () => {
  test('when others could reach it unprotected', async () => {
    const sentence = await refusalOf({
      OPSCENTER_DATA: temporaryDirectory(),
      OPSCENTER_HTTP_HOST: '0.0.0.0',
    });
    expect(sentence).toBe(
      'OPSCENTER_HTTP_HOST is 0.0.0.0, which other machines can reach: set OPSCENTER_TLS_CERT, OPSCENTER_TLS_KEY and OPSCENTER_CONSOLE_TOKEN as well, or bind to 127.0.0.1.',
    );
  });

  test("when the console's port is in use", async () => {
    const port = await occupyPort();
    const sentence = await refusalOf({
      OPSCENTER_DATA: temporaryDirectory(),
      OPSCENTER_HTTP_PORT: String(port),
    });
    expect(sentence).toBe(
      `The console cannot listen on 127.0.0.1:${port}: the port is in use. Stop what uses it, or set OPSCENTER_HTTP_PORT or OPSCENTER_HTTP_HOST.`,
    );
  });

  test("when the registry's port is in use", async () => {
    const port = await occupyPort();
    const sentence = await refusalOf({
      OPSCENTER_DATA: temporaryDirectory(),
      OPSCENTER_GRPC_PORT: String(port),
    });
    expect(sentence).toContain(`127.0.0.1:${port}`);
    expect(sentence).toContain('OPSCENTER_GRPC_PORT');
  });

  test('when another server uses the data directory', async () => {
    const dataDirectory = temporaryDirectory();
    const first = new ServerProcess({ OPSCENTER_DATA: dataDirectory });
    await first.untilReady();
    expect(await refusalOf({ OPSCENTER_DATA: dataDirectory })).toContain(`process ${first.child.pid}`);
  });

  test('when a newer version wrote the data directory', async () => {
    const dataDirectory = temporaryDirectory();
    const server = new ServerProcess({ OPSCENTER_DATA: dataDirectory });
    await server.untilReady();
    server.child.kill('SIGTERM');
    await server.ended;
    const database = new DatabaseSync(join(dataDirectory, 'opscenter.db'));
    database.exec('PRAGMA user_version = 9999');
    database.close();
    expect(await refusalOf({ OPSCENTER_DATA: dataDirectory })).toMatch(/newer version.*OPSCENTER_DATA/);
  });

  test('when the data directory is no directory, or is not allowed', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    expect(await refusalOf({ OPSCENTER_DATA: file })).toContain(file);
    expect(await refusalOf({ OPSCENTER_DATA: join(file, 'below') })).toContain(file);
  });

  test('when the token of the agents is damaged', async () => {
    const dataDirectory = join(temporaryDirectory(), 'data');
    mkdirSync(dataDirectory, { mode: 0o700 });
    writeFileSync(join(dataDirectory, 'agent-token'), '\n', { mode: 0o600 });
    expect(await refusalOf({ OPSCENTER_DATA: dataDirectory })).toContain('agent-token');
  });
});

describe('a server that is to end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s ends well within its budget, open streams and all',
    async (signal) => {
      const server = new ServerProcess({ OPSCENTER_DATA: temporaryDirectory() });
      const { http } = await server.untilReady();
      const events = await EventReader.connect(`http://127.0.0.1:${http.port}/api/v1/events`);
      Hello.parse((await events.next('hello')).data);
      const startedAt = performance.now();
      server.child.kill(signal);
      expect(await server.ended).toEqual({ code: 0, signal: null });
      expect(performance.now() - startedAt).toBeLessThan(4500);
      await events.ended;
    },
  );

  test('since whoever started it is gone, ends too', async () => {
    const server = new ServerProcess({ OPSCENTER_DATA: temporaryDirectory() });
    await server.untilReady();
    server.child.disconnect();
    expect((await server.ended).code).toBe(0);
  });

  test('can be started again at once, where it was', async () => {
    const dataDirectory = temporaryDirectory();
    const first = new ServerProcess({ OPSCENTER_DATA: dataDirectory });
    const { http } = await first.untilReady();
    first.child.kill('SIGKILL');
    await first.ended;
    const second = new ServerProcess({
      OPSCENTER_DATA: dataDirectory,
      OPSCENTER_HTTP_PORT: String(http.port),
    });
    expect((await second.untilReady()).http.port).toBe(http.port);
  });
});
