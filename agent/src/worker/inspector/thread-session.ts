/** An inspector session with one thread of the service. */
export interface ThreadSession extends Disposable {
  /**
   * Resolves with the thread's reply, however long that takes: nothing interrupts a native call.
   *
   * @throws {SessionClosed} when the session or the thread ends first
   * @throws {Error} with the inspector's own message
   */
  post(method: string, params?: object): Promise<unknown>;
}

/** The session was closed, or its thread has ended, before the reply came. */
export class SessionClosed extends Error {
  readonly threadEnded: boolean;

  constructor(threadEnded: boolean) {
    super(threadEnded ? 'The thread has ended.' : 'The inspector session was closed.');
    this.name = 'SessionClosed';
    this.threadEnded = threadEnded;
  }
}
