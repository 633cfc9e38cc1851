import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { descendantsOf, stillRunning } from './testing/processes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Generous: a build may be due, and the machine may be busy. */
const START_TIMEOUT_MS = 150_000;

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'opscenter-start-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

/** Platforms of different tests do not meet, and neither do those of tests that run at the same time elsewhere. */
function somePortBase(): string {
  return String(20_000 + Math.floor(Math.random() * 120) * 100);
}

class Start {
  readonly child: ChildProcess;
  readonly dataDirectory = temporaryDirectory();
  readonly ended: Promise<unknown[]>;
  output = '';

  constructor(words: readonly string[], environment: Record<string, string> = {}) {
    const { NODE_OPTIONS, VITEST, ...own } = process.env;
    this.child = spawn(process.execPath, ['scripts/start.mjs', ...words], {
      cwd: ROOT,
      env: {
        ...own,
        OPSCENTER_DATA: this.dataDirectory,
        OPSCENTER_HTTP_PORT: '0',
        OPSCENTER_GRPC_PORT: '0',
        PLATFORM_PORT_BASE: somePortBase(),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.output += chunk;
      });
    }
    this.ended = once(this.child, 'close');
    onTestFinished(async () => {
      this.child.kill('SIGKILL');
      await this.ended;
    });
  }

  async until(
    what: string,
    probe: () => boolean | Promise<boolean>,
    timeoutMs = START_TIMEOUT_MS,
  ): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await probe())) {
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}:\n${this.output}`);
      await delay(50);
    }
  }

  async untilRunning(): Promise<string> {
    await this.until('it runs', () => {
      if (this.child.exitCode !== null) throw new Error(`it ended:\n${this.output}`);
      return this.output.includes('Ctrl-C stops everything.');
    });
    return /Console +(http:\S+)/.exec(this.output)?.[1] ?? '';
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }
}

describe.skipIf(!existsSync('/proc/self/stat'))('npm start', () => {
  test(
    'brings up everything, tells where it is, and leaves nothing behind after SIGTERM',
    async () => {
      const start = new Start([]);
      const url = await start.untilRunning();
      expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, pages: 'ready' });
      const page = await fetch(url, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(200);
      await start.until('every service is connected', async () => {
        const instances = (await (await fetch(`${url}/api/v1/instances`)).json()) as {
          connection: { state: string };
        }[];
        return instances.filter(({ connection }) => connection.state === 'connected').length >= 6;
      });
      for (const name of ['Registry', 'Platform', 'user-service', 'bg-gate', start.dataDirectory]) {
        expect(start.output).toContain(name);
      }
      const children = descendantsOf(start.pid);
      expect(children.length).toBeGreaterThanOrEqual(9);
      const startedAt = performance.now();
      start.child.kill('SIGTERM');
      expect(await start.ended).toEqual([0, null]);
      expect(performance.now() - startedAt).toBeLessThan(5000);
      expect(stillRunning(children)).toEqual([]);
    },
    START_TIMEOUT_MS + 60_000,
  );

  test(
    'leaves nothing behind when processes hang or it is killed itself',
    async () => {
      const start = new Start([]);
      await start.untilRunning();
      const children = descendantsOf(start.pid);
      const paused = children.find(({ command }) => command.includes('lobby'));
      if (paused) process.kill(paused.pid, 'SIGSTOP');
      start.child.kill('SIGKILL');
      await start.until('all are gone', () => stillRunning(children).length === 0, 15_000);
    },
    START_TIMEOUT_MS + 60_000,
  );

  test(
    'starts a server again that was killed, at the same address',
    async () => {
      const start = new Start(['--no-platform']);
      const url = await start.untilRunning();
      const server = descendantsOf(start.pid).find(({ command }) => command.includes('server/main.ts'));
      expect(server).toBeDefined();
      if (server) process.kill(server.pid, 'SIGKILL');
      await start.until('it answers again', async () => {
        const answer = await fetch(`${url}/readyz`).catch(() => undefined);
        return answer !== undefined && start.output.includes('started again');
      });
      const children = descendantsOf(start.pid);
      start.child.kill('SIGINT');
      // Under npm a Ctrl-C arrives twice.
      start.child.kill('SIGINT');
      expect(await start.ended).toEqual([0, null]);
      expect(stillRunning(children)).toEqual([]);
    },
    START_TIMEOUT_MS + 60_000,
  );

  test(
    'keeps what its processes say in bounded files',
    async () => {
      const start = new Start(['--no-platform'], { OPSCENTER_PAGES: 'off' });
      await start.untilRunning();
      const log = readFileSync(join(start.dataDirectory, 'logs', 'server.log'), 'utf8');
      expect(log).toContain('"msg":"ready"');
    },
    START_TIMEOUT_MS,
  );
});

async function refusalOf(
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> {
  const start = new Start(words, environment);
  expect(await start.ended).toEqual([1, null]);
  expect(start.output).not.toMatch(/\n\s+at /);
  return start.output.trim();
}

describe('npm start that cannot start says one sentence', () => {
  test.each(['OPSCENTER_HTTP_PORT', 'OPSCENTER_GRPC_PORT'])(
    'when the port of %s is in use',
    async (setting) => {
      const squatter = createServer().listen(0, '127.0.0.1');
      await once(squatter, 'listening');
      onTestFinished(() => {
        squatter.close();
      });
      const address = squatter.address();
      const port = typeof address === 'object' && address ? String(address.port) : '';
      expect(await refusalOf(['--no-platform'], { [setting]: port })).toBe(
        `Port ${port} on 127.0.0.1 is in use, perhaps by another OPS Center: stop what uses it, or set ${setting} to another port.`,
      );
    },
  );

  test('when the data directory is a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'opscenter-start-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'kept');
    expect(await refusalOf(['--no-platform'], { OPSCENTER_DATA: file })).toBe(
      `The data directory ${file} cannot be used: a file is in the way. Set OPSCENTER_DATA to a directory of your own.`,
    );
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  test('when a setting is mistaken, before it builds anything', async () => {
    expect(await refusalOf([], { OPSCENTER_HTTP_PORT: 'three thousand' })).toBe(
      'OPSCENTER_HTTP_PORT must be a whole number from 0 to 65535.',
    );
    expect(await refusalOf([], { OPSCENTER_HTTP_HOST: '0.0.0.0' })).toMatch(
      /^OPSCENTER_HTTP_HOST is 0\.0\.0\.0, [^\n]+$/,
    );
  });

  test('when it is asked for what it does not know', async () => {
    expect(await refusalOf(['--fast'])).toBe(
      'npm start does not know --fast: npm start -- --help lists what it knows.',
    );
    expect(await refusalOf([], { OPSCENTER_PLATFORM: 'maybe' })).toBe(
      'OPSCENTER_PLATFORM must be on or off.',
    );
  });

  test('and tells with --help what it takes', async () => {
    const start = new Start(['--help']);
    expect(await start.ended).toEqual([0, null]);
    expect(start.output).toContain('--no-platform');
  });
});
