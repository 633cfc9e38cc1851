import { UnknownThread } from '../../errors.ts';
import type { MainThreadInspector, MainThreadSession } from './main-thread-inspector.ts';
import type { ThreadSession } from './thread-session.ts';
import { attachWorkers, WorkerThreadSession } from './worker-thread-session.ts';

export interface ThreadFacts {
  /** "main" or "worker-3". */
  id: string;
  name: string;
}

const mainThread: ThreadFacts = { id: 'main', name: 'main thread' };
const listLimitMs = 250;
/** Threads that were there before the agent, and their own threads, come and go without notice. */
const listAgeMs = 30_000;

/** The threads of the service. Looking costs a short inspector session, so it looks only when asked after a change. */
export class ThreadDirectory {
  readonly #inspector: MainThreadInspector;
  #workers: ThreadFacts[] = [];
  #freshUntilMs = 0;
  #looking: Promise<void> | undefined;

  constructor(inspector: MainThreadInspector) {
    this.#inspector = inspector;
  }

  /** Why nothing can be asked of the threads here, or undefined. */
  findObstacle(): string | undefined {
    return this.#inspector.findObstacle();
  }

  noteChange(): void {
    this.#freshUntilMs = 0;
  }

  /** What is known; a main thread that cannot be interrupted delays a new look, not the answer. */
  async list(): Promise<ThreadFacts[]> {
    if (performance.now() >= this.#freshUntilMs) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    return [mainThread, ...this.#workers];
  }

  /** Whether a capture may name the thread; the id's form alone is checked. */
  static parseId(threadId: string): string {
    if (threadId === '' || threadId === mainThread.id) return mainThread.id;
    if (!/^worker-\d{1,9}$/.test(threadId)) throw new UnknownThread(threadId.slice(0, 64));
    return threadId;
  }

  /** Opens a session with the main thread, at once: it hears notifications too. */
  openMain(): MainThreadSession {
    return this.#inspector.open();
  }

  /**
   * Opens a session; for a worker thread that waits while the main thread is in a native call.
   *
   * @throws {UnknownThread}
   */
  async open(threadId: string, signal: AbortSignal): Promise<ThreadSession> {
    if (threadId === mainThread.id) return this.openMain();
    const session = await WorkerThreadSession.find(
      this.#inspector,
      Number(threadId.slice('worker-'.length)),
      signal,
    );
    if (!session) {
      this.noteChange();
      throw new UnknownThread(threadId);
    }
    return session;
  }

  async #look(): Promise<void> {
    this.#freshUntilMs = performance.now() + listAgeMs;
    let timer: NodeJS.Timeout | undefined;
    try {
      using session = this.#inspector.open();
      timer = setTimeout(() => session[Symbol.dispose](), listLimitMs);
      const workers = await attachWorkers(session, () => false);
      this.#workers = workers
        .toSorted((one, other) => one.threadId - other.threadId)
        .map(({ threadId, name }) => ({ id: `worker-${threadId}`, name }));
    } catch {
      // Not answered in time, or no inspector here: the list stays as it was and is looked at again next time.
      this.#freshUntilMs = 0;
    } finally {
      clearTimeout(timer);
    }
  }
}
