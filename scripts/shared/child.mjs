import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './root.mjs';

/**
 * A child process in a process group of its own: what the terminal sends reaches this process alone, which decides what
 * the child gets, and a forced end takes everything that the child started with it.
 */
export class Child {
  /** @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} options */
  constructor(command, args, options = {}) {
    this.process = spawn(command, args, { cwd: ROOT, ...options, detached: process.platform !== 'win32' });
    /** How it ended: `{ code, signal }`; a code of 127 where it could not be started. */
    this.ended = Promise.race([
      once(this.process, 'exit').then(([code, signal]) => ({ code, signal })),
      new Promise((resolve) => {
        this.process.on('error', () => resolve({ code: 127, signal: null }));
      }),
    ]);
    this.running = true;
    this.ended.then(() => {
      this.running = false;
    });
  }

  /** Asks it to end, and forces it after a while. Resolves when nothing of it is left. */
  async stop(graceMs) {
    if (this.running) {
      this.process.kill('SIGTERM');
      const grace = new AbortController();
      await Promise.race([this.ended, sleep(graceMs, undefined, { signal: grace.signal }).catch(() => {})]);
      grace.abort();
    }
    this.killGroup();
    await this.ended;
  }

  /** Ends the child and whatever it left in its group, at once. */
  killGroup() {
    const { pid } = this.process;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.process.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody is left in the group.
    }
  }
}

/**
 * Runs a command to its end and gathers what it prints.
 *
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export async function run(command, args, { signal, onOutput, ...options } = {}) {
  const child = new Child(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  const gather = (chunk) => {
    output = (output + chunk).slice(-200_000);
    onOutput?.(chunk);
  };
  child.process.stdout?.setEncoding('utf8').on('data', gather);
  child.process.stderr?.setEncoding('utf8').on('data', gather);
  const closed = new Promise((resolve) => {
    child.process.on('close', resolve);
    child.process.on('error', resolve);
  });
  const stop = () => child.stop(2000);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const { code } = await child.ended;
  await closed;
  signal?.removeEventListener('abort', stop);
  return { code, output };
}
