import { setTimeout as sleep } from 'node:timers/promises';
import { callTool } from '../../inspector/call-tool.ts';
import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import { SessionClosed, type ThreadSession } from '../../inspector/thread-session.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import { within } from '../../within.ts';
import type { PauseTally } from './pause-tally.ts';

const askEveryMs = 50;
const readEveryMs = 500;
const farewellMs = 200;

/** Asks the main thread for a sign of life some 20 times a second. */
export function watchMainThread(pulse: MainThreadPulse, tally: PauseTally): Disposable {
  let askedAtMs: number | undefined;
  const ask = () => {
    askedAtMs = performance.now();
    void pulse.ask(false).then(({ roundTripMs }) => {
      askedAtMs = undefined;
      if (!isOver) tally.closed(roundTripMs);
    });
  };
  // What this thread itself was too busy to hear is heard before that.
  const look = () => {
    if (!isOver && askedAtMs !== undefined) tally.open(performance.now() - askedAtMs);
  };
  let isOver = false;
  const timer = setInterval(() => (askedAtMs === undefined ? ask() : setImmediate(look)), askEveryMs);
  ask();
  return {
    [Symbol.dispose]() {
      isOver = true;
      clearInterval(timer);
    },
  };
}

/** Has a worker thread's own loop watched and reads what it says; a loop that has not turned is in a pause. */
export class WorkerThreadWatch implements Disposable {
  readonly #over = new AbortController();

  /** @param ended is called when the thread ends meanwhile */
  constructor(threads: ThreadDirectory, threadId: string, key: string, tally: PauseTally, ended: () => void) {
    void this.#run(threads, threadId, key, tally).catch((error: unknown) => {
      // Whatever else goes wrong here goes wrong for the recorder too, which tells.
      if (error instanceof SessionClosed && error.threadEnded) ended();
    });
  }

  async #run(threads: ThreadDirectory, threadId: string, key: string, tally: PauseTally): Promise<void> {
    const { signal } = this.#over;
    using session = await threads.open(threadId, signal);
    const leave = () => setTimeout(() => session[Symbol.dispose](), farewellMs).unref();
    signal.addEventListener('abort', leave, { once: true });
    await callTool(session, 'watchPauses', key);
    await this.#follow(session, key, tally);
    await within(farewellMs, callTool(session, 'forgetPauses', key));
  }

  async #follow(session: ThreadSession, key: string, tally: PauseTally): Promise<void> {
    const { signal } = this.#over;
    let known = { longestMs: 0, turns: -1 };
    let turnedAtMs = performance.now();
    for (;;) {
      await sleep(readEveryMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const reading = await callTool(session, 'readPauses', key);
      if (!reading || signal.aborted) return;
      if (reading.turns === known.turns) {
        tally.open(performance.now() - turnedAtMs);
      } else {
        turnedAtMs = performance.now();
        tally.closed(reading.longestMs > known.longestMs ? reading.longestMs : 0);
      }
      known = reading;
    }
  }

  [Symbol.dispose](): void {
    this.#over.abort();
  }
}
