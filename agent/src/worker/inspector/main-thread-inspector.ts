import { Session } from 'node:inspector';
import { within } from '../within.ts';
import { SessionClosed, type ThreadSession } from './thread-session.ts';

type Notification = { method: string; params: unknown };

/** A session with the main thread. It holds notifications too, for the domains that reach further threads. */
export class MainThreadSession implements ThreadSession {
  readonly #session = new Session();
  readonly #rejections = new Set<(reason: SessionClosed) => void>();
  readonly #closed: () => void;
  #open = true;

  constructor(closed: () => void) {
    this.#closed = closed;
    this.#session.connectToMainThread();
  }

  post(method: string, params: object = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.#open) return reject(new SessionClosed(false));
      this.#rejections.add(reject);
      this.#session.post(method, params, (error, result) => {
        this.#rejections.delete(reject);
        if (error) reject(new Error(error.message));
        else resolve(result);
      });
    });
  }

  onNotification(listener: (notification: Notification) => void): void {
    this.#session.on('inspectorNotification', (message) => listener(message as unknown as Notification));
  }

  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    this.#session.disconnect();
    for (const reject of this.#rejections) reject(new SessionClosed(false));
    this.#rejections.clear();
    this.#closed();
  }
}

/** Opens sessions with the main thread, and closes all of them at once: one left open holds up the process's exit. */
export class MainThreadInspector implements Disposable {
  readonly #sessions = new Set<MainThreadSession>();
  readonly #counted: (open: number) => void;
  #isOver = false;
  #isUsable = false;

  /** @param counted is told whenever a session is opened or closed */
  constructor(counted: (open: number) => void = () => {}) {
    this.#counted = counted;
  }

  /** Why no session can be opened here, or undefined. Tried until it has worked once, which does not change any more. */
  findObstacle(): string | undefined {
    if (this.#isUsable) return undefined;
    try {
      this.open()[Symbol.dispose]();
      this.#isUsable = true;
      return undefined;
    } catch (error) {
      return `No inspector can be used in this process: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  /** @throws {SessionClosed} after all were closed at once */
  open(): MainThreadSession {
    if (this.#isOver) throw new SessionClosed(false);
    // Counted before it is there: the main thread may be about to exit.
    this.#counted(this.#sessions.size + 1);
    try {
      const session = new MainThreadSession(() => {
        this.#sessions.delete(session);
        this.#counted(this.#sessions.size);
      });
      this.#sessions.add(session);
      return session;
    } finally {
      this.#counted(this.#sessions.size);
    }
  }

  /**
   * Whether the main thread can be interrupted, which it can in JavaScript and cannot in a native call. Asked through
   * a session of its own that is gone afterwards.
   */
  async isInterruptible(limitMs: number): Promise<boolean> {
    if (this.#isOver) return false;
    using session = this.open();
    // Evaluates nothing and touches nothing of the service; any method would do.
    const answered = session.post('Runtime.getHeapUsage').then(() => true);
    return (await within(limitMs, answered)) ?? false;
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const session of [...this.#sessions]) session[Symbol.dispose]();
  }
}
