import { createHash, scryptSync, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../store/index.ts';
import { TokenRefused, TooManyAttempts } from '../errors.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { Sessions, type SignedIn } from './sessions.ts';

/** Who makes a request, as far as the console can tell. */
export type Caller =
  | { readonly by: 'loopback'; readonly actor: string }
  | { readonly by: 'bearer'; readonly actor: string }
  | { readonly by: 'session'; readonly actor: string; readonly session: SignedIn };

export interface ConsoleAccessOptions {
  readonly token: string | null;
  readonly sessionsFile: string;
  /** Whether the browser is reached by TLS; its cookie is then bound to it. */
  readonly encrypted: boolean;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/**
 * Decides who may use the console. Without a console token everybody on this machine may, and is called `local`;
 * with one, whoever shows it as a bearer token or has exchanged it for a session cookie.
 */
export class ConsoleAccess {
  readonly #tokenHash: Buffer | null;
  readonly #actor: string;
  readonly #limiter: AttemptLimiter;
  readonly #cookieName: string;
  readonly #encrypted: boolean;
  readonly sessions: Sessions;

  static async open(options: ConsoleAccessOptions): Promise<ConsoleAccess> {
    const fingerprint = options.token === null ? '' : toFingerprint(options.token);
    const sessions = await Sessions.open({
      file: options.sessionsFile,
      tokenFingerprint: fingerprint,
      clock: options.clock,
      onError: options.onError,
    });
    return new ConsoleAccess(options, fingerprint, sessions);
  }

  private constructor(options: ConsoleAccessOptions, fingerprint: string, sessions: Sessions) {
    this.#tokenHash = options.token === null ? null : toHash(options.token);
    this.#actor = options.token === null ? 'local' : `token:${fingerprint}`;
    this.#limiter = new AttemptLimiter(options.clock);
    this.#encrypted = options.encrypted;
    this.#cookieName = options.encrypted ? '__Host-opscenter' : 'opscenter-session';
    this.sessions = sessions;
  }

  get signInRequired(): boolean {
    return this.#tokenHash !== null;
  }

  /**
   * The caller, or undefined for a stranger.
   *
   * @throws TokenRefused, TooManyAttempts for a bearer token that is wrong or comes after too many wrong ones.
   */
  identify(headers: IncomingHttpHeaders, address: string): Caller | undefined {
    if (this.#tokenHash === null) return { by: 'loopback', actor: this.#actor };
    const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined) {
      this.#demandToken(bearer, address);
      return { by: 'bearer', actor: this.#actor };
    }
    for (const secret of cookieValues(headers.cookie, this.#cookieName)) {
      const session = this.sessions.find(secret);
      if (session) return { by: 'session', actor: this.#actor, session };
    }
    return undefined;
  }

  /** @throws TokenRefused, TooManyAttempts */
  #demandToken(candidate: string, address: string): void {
    const waitSeconds = this.#limiter.waitSeconds(address);
    if (waitSeconds > 0) throw new TooManyAttempts(waitSeconds);
    if (this.#tokenHash && timingSafeEqual(toHash(candidate), this.#tokenHash)) return;
    this.#limiter.recordFailure(address);
    throw new TokenRefused();
  }

  /** Checks a token that somebody signs in with, and answers who that is. @throws TokenRefused, TooManyAttempts */
  admit(token: string, address: string): string {
    if (this.#tokenHash !== null) this.#demandToken(token, address);
    return this.#actor;
  }

  toCookie(secret: string, maxAgeSeconds: number): string {
    const secure = this.#encrypted ? '; Secure' : '';
    return `${this.#cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`;
  }

  toClearingCookie(): string {
    return this.toCookie('', 0);
  }
}

function toHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Names a token in the audit. Slow to compute, so that the few digits do not help to guess a weak one. */
function toFingerprint(token: string): string {
  return scryptSync(token, 'opscenter console token', 4).toString('hex');
}

function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
