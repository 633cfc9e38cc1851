import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { log, toMessage } from '../service/log.ts';
import type { DeskLock } from './desk-lock.ts';

/** Between two accounts, to go easy on the disk. */
const PAUSE_MS = 10;
/** Between two exports. */
const REST_MS = 300;

/**
 * Writes the names of all accounts to a file, one after the other, and keeps the login desk locked until the last one is
 * written. That is too long: what a lock capture is there to show.
 */
export class AccountExport {
  readonly #lock: DeskLock;
  readonly #players: readonly string[];
  readonly #folder: string;
  #running: AbortController | undefined;

  constructor(lock: DeskLock, players: Iterable<string>, folder: string) {
    this.#lock = lock;
    this.#players = [...players];
    this.#folder = folder;
  }

  /** Exports once, and again and again for so long; what runs already ends. */
  runFor(durationMs: number): void {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    log('account export', { durationMs });
    void this.#repeat(performance.now() + durationMs, running.signal).catch((error: unknown) => {
      if (!running.signal.aborted) log('account export failed', { error: toMessage(error) });
    });
  }

  stop(): void {
    this.#running?.abort();
  }

  async #repeat(untilMs: number, signal: AbortSignal): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    do {
      await this.#exportAccounts(signal);
      await sleep(REST_MS, undefined, { signal });
    } while (performance.now() < untilMs);
  }

  #exportAccounts(signal: AbortSignal): Promise<void> {
    return this.#lock.hold(async () => {
      const file = await open(join(this.#folder, 'accounts.csv'), 'w', 0o600);
      try {
        for (const player of this.#players) {
          await file.write(`${player}\n`);
          await sleep(PAUSE_MS, undefined, { signal });
        }
      } finally {
        await file.close();
      }
    });
  }
}
