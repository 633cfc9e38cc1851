import type { ForkedSnapshot } from '../../../../in-thread/fork-snapshot.ts';
import { callTool } from '../../../inspector/call-tool.ts';
import type { ThreadSession } from '../../../inspector/thread-session.ts';
import type { SnapshotAddon } from '../snapshot-addon.ts';

export interface Fork extends ForkedSnapshot {
  /** Whoever has it closes it. */
  ticket: number;
}

/** Has threads of the service fork, one after the other: the marks of its memory are taken off and put back each time. */
export class SnapshotForker {
  readonly #addon: SnapshotAddon;
  readonly #path: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(addon: SnapshotAddon, path: string) {
    this.#addon = addon;
    this.#path = path;
  }

  /**
   * Waits while the thread is in a native call. Disposing of the session ends that, and no child is left.
   *
   * @throws {SessionClosed}
   * @throws {Error} when the process cannot fork
   */
  fork(session: ThreadSession): Promise<Fork> {
    const fork = this.#last.then(() => this.#fork(session));
    this.#last = fork.catch(() => {});
    return fork;
  }

  async #fork(session: ThreadSession): Promise<Fork> {
    const ticket = this.#addon.openTicket();
    if (ticket === 0) throw new Error('too many children are still on their way out');
    try {
      this.#addon.noteMarks();
      try {
        return { ticket, ...(await callTool(session, 'forkSnapshot', this.#path, ticket)) };
      } finally {
        this.#addon.restoreMarks();
      }
    } catch (error) {
      // The thread may come to it later, or has been there and its answer was lost: no child is left either way.
      this.#addon.closeTicket(ticket);
      throw error;
    }
  }
}
