import { threadId as ownThreadId } from 'node:worker_threads';
import type { MainThreadInspector, MainThreadSession } from './main-thread-inspector.ts';
import { SessionClosed, type ThreadSession } from './thread-session.ts';

/** A worker thread of the service, as the NodeWorker domain shows it. */
export interface AttachedWorker {
  sessionId: string;
  threadId: number;
  /** Empty when the service gave it none. */
  name: string;
}

/**
 * Attaches to every worker thread of the main thread, without pausing one, and to no longer than it takes to see who
 * they are: those that `keep` does not want are let go at once, and the agent's own is never shown.
 */
export async function attachWorkers(
  session: MainThreadSession,
  keep: (worker: AttachedWorker) => boolean,
): Promise<AttachedWorker[]> {
  const workers: AttachedWorker[] = [];
  session.onNotification(({ method, params }) => {
    if (method !== 'NodeWorker.attachedToWorker') return;
    const worker = parseAttached(params);
    const isOurs = worker?.threadId === ownThreadId;
    if (worker && !isOurs) workers.push(worker);
    if (worker && (isOurs || !keep(worker))) {
      session.post('NodeWorker.detach', { sessionId: worker.sessionId }).catch(() => {});
    }
  });
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return workers;
}

/** The title is "[worker 3] name", and the name "WorkerThread" where none was given. */
function parseAttached(params: unknown): AttachedWorker | undefined {
  const { sessionId, workerInfo } = params as { sessionId: string; workerInfo: { title: string } };
  const match = /^\[worker (\d+)\] ?(.*)$/s.exec(workerInfo.title);
  if (!match) return undefined;
  const name = match[2] ?? '';
  return { sessionId, threadId: Number(match[1]), name: name === 'WorkerThread' ? '' : name.slice(0, 128) };
}

/**
 * A session with a worker thread, through the main thread: a thread cannot attach to its sibling. Works while the
 * main thread is stuck in JavaScript, and waits while it is in a native call.
 */
export class WorkerThreadSession implements ThreadSession {
  readonly #carrier: MainThreadSession;
  readonly #sessionId: string;
  readonly #open = new Map<number, { resolve(result: unknown): void; reject(reason: Error): void }>();
  #sequence = 0;
  #threadEnded = false;

  private constructor(carrier: MainThreadSession, sessionId: string) {
    this.#carrier = carrier;
    this.#sessionId = sessionId;
    carrier.onNotification(({ method, params }) => this.#hear(method, params));
  }

  /**
   * Undefined when there is no such thread.
   *
   * @throws {SessionClosed} after the signal
   */
  static async find(
    inspector: MainThreadInspector,
    threadId: number,
    signal: AbortSignal,
  ): Promise<WorkerThreadSession | undefined> {
    const carrier = inspector.open();
    const close = () => carrier[Symbol.dispose]();
    signal.addEventListener('abort', close, { once: true });
    let found: WorkerThreadSession | undefined;
    try {
      const workers = await attachWorkers(carrier, (worker) => worker.threadId === threadId);
      const worker = workers.find((candidate) => candidate.threadId === threadId);
      if (worker) found = new WorkerThreadSession(carrier, worker.sessionId);
      return found;
    } finally {
      signal.removeEventListener('abort', close);
      if (!found) close();
    }
  }

  post(method: string, params: object = {}): Promise<unknown> {
    this.#sequence += 1;
    const id = this.#sequence;
    return new Promise((resolve, reject) => {
      if (this.#threadEnded) return reject(new SessionClosed(true));
      this.#open.set(id, { resolve, reject });
      const message = JSON.stringify({ id, method, params });
      this.#carrier
        .post('NodeWorker.sendMessageToWorker', { sessionId: this.#sessionId, message })
        .catch((error: Error) => {
          this.#open.delete(id);
          reject(error);
        });
    });
  }

  #hear(notification: string, params: unknown): void {
    const { sessionId, message } = params as { sessionId?: string; message?: string };
    if (sessionId !== this.#sessionId) return;
    if (notification === 'NodeWorker.detachedFromWorker') {
      this.#threadEnded = true;
      this.#rejectAll(new SessionClosed(true));
    }
    if (notification === 'NodeWorker.receivedMessageFromWorker' && message !== undefined) {
      this.#settle(JSON.parse(message) as { id?: number; result?: unknown; error?: { message: string } });
    }
  }

  #settle({ id, result, error }: { id?: number; result?: unknown; error?: { message: string } }): void {
    const question = id === undefined ? undefined : this.#open.get(id);
    if (id === undefined || !question) return;
    this.#open.delete(id);
    if (error) question.reject(new Error(error.message));
    else question.resolve(result);
  }

  #rejectAll(reason: Error): void {
    for (const { reject } of this.#open.values()) reject(reason);
    this.#open.clear();
  }

  [Symbol.dispose](): void {
    this.#carrier[Symbol.dispose]();
    this.#rejectAll(new SessionClosed(this.#threadEnded));
  }
}
