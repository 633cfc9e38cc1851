import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { Listeners } from '../../listeners.ts';
import type { Clock } from '../../store/index.ts';

export const SESSION_LIFETIME_MS = 12 * 60 * 60 * 1000;
const SESSIONS_KEPT = 1000;

const SessionsFile = z.object({
  tokenFingerprint: z.string(),
  sessions: z.record(z.string().regex(/^[0-9a-f]{64}$/), z.number()),
});

export interface SessionsOptions {
  /** Where sessions outlive a restart of the server; only hashes are written. */
  readonly file: string;
  /** Sessions that were begun with another console token do not count. */
  readonly tokenFingerprint: string;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** A browser that has signed in. `key` is a hash: whoever reads it cannot use it. */
export interface SignedIn {
  readonly key: string;
  readonly expiresAtMs: number;
}

/** Who has signed in with the console token, until they sign out or twelve hours have passed. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #expiries: Map<string, number>;
  readonly #ended: Listeners<string>;
  #saving: Promise<void> = Promise.resolve();

  static async open(options: SessionsOptions): Promise<Sessions> {
    return new Sessions(options, await readSessions(options));
  }

  private constructor(options: SessionsOptions, expiries: Map<string, number>) {
    this.#options = options;
    this.#expiries = expiries;
    this.#ended = new Listeners(options.onError);
  }

  /** Answers the cookie's value, which is known to the browser alone. Durable when the promise resolves. */
  async begin(): Promise<SignedIn & { secret: string }> {
    const secret = randomBytes(32).toString('base64url');
    const key = toKey(secret);
    const expiresAtMs = this.#options.clock.now() + SESSION_LIFETIME_MS;
    this.#forgetExpired();
    for (const oldest of this.#expiries.keys()) {
      if (this.#expiries.size < SESSIONS_KEPT) break;
      this.#expiries.delete(oldest);
      this.#ended.emit(oldest);
    }
    this.#expiries.set(key, expiresAtMs);
    await this.#save();
    return { secret, key, expiresAtMs };
  }

  find(secret: string): SignedIn | undefined {
    const key = toKey(secret);
    const expiresAtMs = this.#expiries.get(key);
    if (expiresAtMs === undefined || expiresAtMs <= this.#options.clock.now()) return undefined;
    return { key, expiresAtMs };
  }

  async end(key: string): Promise<void> {
    if (!this.#expiries.delete(key)) return;
    this.#ended.emit(key);
    await this.#save();
  }

  /** Told the key of every session that ended before its time. */
  onEnd(listener: (key: string) => void): Disposable {
    return this.#ended.add(listener);
  }

  #forgetExpired(): void {
    const now = this.#options.clock.now();
    for (const [key, expiresAtMs] of this.#expiries) if (expiresAtMs <= now) this.#expiries.delete(key);
  }

  /** One write at a time; a failed one does not keep anybody from signing in or out in this process. */
  #save(): Promise<void> {
    const { file, tokenFingerprint, onError } = this.#options;
    const sessions = Object.fromEntries(this.#expiries);
    this.#saving = this.#saving.then(async () => {
      try {
        await writeFile(`${file}.new`, JSON.stringify({ tokenFingerprint, sessions }), { mode: 0o600 });
        await rename(`${file}.new`, file);
      } catch (error) {
        onError(error);
      }
    });
    return this.#saving;
  }
}

function toKey(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

async function readSessions(options: SessionsOptions): Promise<Map<string, number>> {
  try {
    const kept = SessionsFile.parse(JSON.parse(await readFile(options.file, 'utf8')));
    if (kept.tokenFingerprint !== options.tokenFingerprint) return new Map();
    return new Map(Object.entries(kept.sessions));
  } catch {
    // Missing or damaged: everybody signs in again.
    return new Map();
  }
}
