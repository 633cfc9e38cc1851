import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { planPlatform } from '../plan.ts';

const Change = z.object({
  instance: z.string(),
  state: z.string(),
  pid: z.int().nullable(),
  reason: z.string(),
});
export type Change = z.infer<typeof Change>;

export const fileOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** A platform as `npm start` runs it, on ports and in a folder of its own. */
export class TestPlatform {
  readonly dataDirectory = mkdtempSync(join(tmpdir(), 'platform-'));
  /**
   * Below the ports that the system gives to outgoing connections, of which any may be taken at any moment. Tests that run
   * beside each other are numbered by the runner: every other hundred is each one's.
   */
  readonly portBase =
    10_000 + (Math.floor(Math.random() * 95) * 2 + (Number(process.env.VITEST_POOL_ID ?? 0) % 2)) * 100;
  readonly changes: Change[] = [];
  readonly process: ChildProcess;
  errors = '';

  readonly #settings: Readonly<Record<string, string>>;

  /**
   * @param supervisor what Node runs.
   * @param settings environment variables beside those that every test needs.
   */
  constructor(
    supervisor: readonly string[] = [fileOf('supervisor.ts')],
    settings: Readonly<Record<string, string>> = {},
  ) {
    this.#settings = settings;
    this.process = spawn(process.execPath, supervisor, {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stderr?.on('data', (piece) => {
      this.errors += piece;
    });
    if (this.process.stdout)
      createInterface({ input: this.process.stdout }).on('line', (line) =>
        this.changes.push(Change.parse(JSON.parse(line))),
      );
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      OPSCENTER_DATA: this.dataDirectory,
      // Nobody listens on port 1: the services run without a console.
      OPSCENTER_SERVER: '127.0.0.1:1',
      PLATFORM_PORT_BASE: String(this.portBase),
      ...this.#settings,
    };
  }

  get pids(): number[] {
    return [...new Set(this.changes.flatMap((change) => change.pid ?? []))];
  }

  async untilRunning(): Promise<void> {
    // The relay and the players are outside of the plan.
    const expected = planPlatform(this.portBase).length + 2;
    const count = () =>
      new Set(this.changes.filter(({ state }) => state === 'running').map(({ instance }) => instance)).size;
    await until(() => count() === expected, `${expected} running processes`, 60_000);
  }

  stateOf(instance: string): Change | undefined {
    return this.changes.findLast((change) => change.instance === instance);
  }

  portOf(instance: string): number {
    return planPlatform(this.portBase).find(({ name }) => name === instance)?.port ?? 0;
  }

  async health(instance: string): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${this.portOf(instance)}/health`, {
      signal: AbortSignal.timeout(5_000),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  async totals(): Promise<{ logins: number; steampunk2: number }> {
    const [login, first, second] = await Promise.all(
      ['user-service', 'steampunk2-0', 'steampunk2-1'].map((name) => this.health(name)),
    );
    return {
      logins: ['logins', 'rejected', 'turnedAway', 'waiting'].reduce(
        (sum, key) => sum + Number(login?.[key]),
        0,
      ),
      steampunk2: Number(first?.transactions) + Number(second?.transactions),
    };
  }

  async end(): Promise<void> {
    this.process.kill('SIGKILL');
    await until(() => this.pids.every((pid) => !isAlive(pid)), 'the end of all processes', 60_000);
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }

  /** Runs the command line; resolves with its exit code and what it said. */
  command(...words: string[]): Promise<{ code: number; said: string }> {
    return new Promise((resolve) => {
      const options = { env: this.environment, timeout: 60_000 };
      execFile(process.execPath, [fileOf('cli.ts'), ...words], options, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, said: `${stdout}${stderr}` }),
      );
    });
  }
}

export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  withinMs: number,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await sleep(50);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
