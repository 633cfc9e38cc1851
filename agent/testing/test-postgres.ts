import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const startLimitMs = 20_000;

/** The folder with PostgreSQL's programs, or undefined where there is none. */
export function findPostgres(): string | undefined {
  const packages = '/usr/lib/postgresql';
  const versions = existsSync(packages) ? readdirSync(packages) : [];
  const folders = [
    ...versions.map((version) => join(packages, version, 'bin')),
    '/usr/local/bin',
    '/usr/bin',
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

/** A real PostgreSQL of its own, reached through a socket in its folder alone. */
export class TestPostgres implements AsyncDisposable {
  readonly socketFolder: string;
  readonly #server: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(folder: string, server: ChildProcess) {
    this.socketFolder = folder;
    this.#server = server;
    this.#ended = new Promise((resolve) => server.once('close', resolve));
  }

  static async start(programs: string): Promise<TestPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
    const data = join(folder, 'data');
    // It refuses to run as root.
    const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
    if (user) chownSync(folder, user.uid, user.gid);
    execFileSync(
      join(programs, 'initdb'),
      ['--pgdata', data, '--auth', 'trust', '--username', 'tester', '--no-sync', '--encoding', 'UTF8'],
      { ...user, stdio: 'ignore' },
    );
    const options = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'];
    const server = spawn(join(programs, 'postgres'), options, { ...user, stdio: 'ignore' });
    const postgres = new TestPostgres(folder, server);
    const deadline = Date.now() + startLimitMs;
    while (!existsSync(join(folder, '.s.PGSQL.5432'))) {
      if (Date.now() > deadline || server.exitCode !== null) throw new Error('PostgreSQL has not started.');
      await sleep(50);
    }
    return postgres;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.kill('SIGQUIT');
    await this.#ended;
    rmSync(this.socketFolder, { recursive: true, force: true });
  }
}

function idsOf(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
