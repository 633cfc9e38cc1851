import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../testing/silent-log.ts';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import { PageRenderer } from './page-renderer.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A directory with a stand-in for the library, which does what the text says: everything around it is real. */
function applicationWith(next: string): string {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, '.next'));
  writeFileSync(join(directory, '.next', 'BUILD_ID'), 'test');
  writeFileSync(join(directory, 'renderer.mjs'), next);
  return directory;
}

const TELLS_ITS_PORT = `
import { createServer } from 'node:http';
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
const server = createServer((request, response) => response.end(JSON.stringify(process.env)));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
`;

function start(program: string): PageRenderer {
  const directory = applicationWith(program);
  const renderer = PageRenderer.start({ directory, entry: join(directory, 'renderer.mjs'), log: silentLog });
  onTestFinished(() => renderer[Symbol.asyncDispose]());
  return renderer;
}

async function untilReady(renderer: PageRenderer): Promise<string> {
  return waitUntil('the renderer is ready', () => renderer.state.is === 'ready' && renderer.state.origin);
}

describe('the page renderer', () => {
  test('sees none of the settings of the server', async () => {
    process.env.OPSCENTER_CONSOLE_TOKEN = 'the-console-token';
    onTestFinished(() => {
      delete process.env.OPSCENTER_CONSOLE_TOKEN;
    });
    const origin = await untilReady(start(TELLS_ITS_PORT));
    const environment = (await (await fetch(origin)).json()) as Record<string, string>;
    expect(environment.NODE_ENV).toBe('production');
    expect(Object.keys(environment).filter((name) => name.startsWith('OPSCENTER'))).toEqual([]);
    expect(JSON.stringify(environment)).not.toContain('the-console-token');
  });

  test('may read its build, and not what lies beside it or in other processes', async () => {
    const origin = await untilReady(
      start(`
        import { readFileSync, writeFileSync } from 'node:fs';
        import { spawnSync } from 'node:child_process';
        import { createServer } from 'node:http';
        process.on('disconnect', () => process.exit(0));
        const attempt = (work) => { try { work(); return 'done'; } catch (error) { return error.code; } };
        const directory = process.argv[2];
        const outcomes = {
          build: attempt(() => readFileSync(directory + '/.next/BUILD_ID')),
          data: attempt(() => readFileSync(directory + '/.opscenter/agent-token')),
          passwd: attempt(() => readFileSync('/etc/passwd')),
          parent: attempt(() => readFileSync('/proc/' + process.ppid + '/environ')),
          write: attempt(() => writeFileSync(directory + '/.next/BUILD_ID', 'x')),
          spawn: attempt(() => spawnSync('true')),
        };
        const server = createServer((request, response) => response.end(JSON.stringify(outcomes)));
        server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
      `),
    );
    expect(await (await fetch(origin)).json()).toEqual({
      build: 'done',
      data: 'ERR_ACCESS_DENIED',
      passwd: 'ERR_ACCESS_DENIED',
      parent: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      spawn: 'ERR_ACCESS_DENIED',
    });
  });

  test('is started again when it is killed', async () => {
    const renderer = start(TELLS_ITS_PORT);
    await untilReady(renderer);
    const first = renderer.pid ?? 0;
    process.kill(first, 'SIGKILL');
    await waitUntil('there is another', () => renderer.pid !== undefined && renderer.pid !== first);
    await untilReady(renderer);
    expect(isAlive(first)).toBe(false);
  });

  test('that falls at once is tried again with growing pauses', async () => {
    const renderer = start('process.exit(1);');
    const pids = new Set<number>();
    const startedAt = performance.now();
    await waitUntil('three have been tried', () => {
      if (renderer.pid !== undefined) pids.add(renderer.pid);
      return pids.size >= 3;
    });
    // 250 ms and 500 ms.
    expect(performance.now() - startedAt).toBeGreaterThan(700);
    expect(renderer.state.is).not.toBe('ready');
  });

  test('is gone after a stop, even when it does not listen', async () => {
    const renderer = start(`
      import { createServer } from 'node:http';
      process.on('SIGTERM', () => {});
      const server = createServer();
      server.listen(0, '127.0.0.1', () => { process.send({ port: server.address().port }); setTimeout(() => { for (;;); }, 50); });
    `);
    await untilReady(renderer);
    const pid = renderer.pid ?? 0;
    const startedAt = performance.now();
    await renderer[Symbol.asyncDispose]();
    expect(performance.now() - startedAt).toBeLessThan(3500);
    expect(isAlive(pid)).toBe(false);
  });

  test('waits for a build when there is none', async () => {
    const directory = temporaryDirectory();
    const renderer = PageRenderer.start({ directory, log: silentLog });
    onTestFinished(() => renderer[Symbol.asyncDispose]());
    await waitUntil(
      'it says so',
      () => renderer.state.is === 'down' && renderer.state.why.includes('not built'),
    );
    expect(renderer.pid).toBeUndefined();
  });
});
