import type { TrackedLock } from '@opscenter/agent';

/** One at a time, in the order in which they come. */
export class DeskLock {
  readonly #tracked: TrackedLock | undefined;
  #tail: Promise<unknown> = Promise.resolve();

  /** @param tracked is told of who waits and who has it */
  constructor(tracked?: TrackedLock) {
    this.#tracked = tracked;
  }

  /** Does the work when its turn comes. */
  async hold<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#tracked?.waiting(this.hold);
    const done = this.#tail.then(() => {
      turn?.acquired();
      return work();
    });
    this.#tail = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      turn?.released();
    }
  }
}
