import { whileWanted } from '../while-wanted.ts';
import { within } from '../within.ts';
import type { Recording } from './capture-method.ts';
import { pauseLimitMs } from './start-recorder.ts';
import type { ThreadProbe } from './thread-probe.ts';

/** What is on after that switches itself off. */
const leaveLimitMs = 1_000;
const renewEveryMs = 1_000;

/** At the end, whatever has come before: has the recorder switched off. A thread that has ended has nothing on. */
export async function leaveThread(off: Promise<unknown>): Promise<void> {
  await within(leaveLimitMs, off).catch(() => {});
}

/** Has what was started ended, tells the recording the pause, and gives what the thread answers. */
export async function endInThread<Reply>(
  probe: ThreadProbe,
  end: () => Promise<Reply>,
  recording: Recording,
): Promise<Reply> {
  recording.discarded.throwIfAborted();
  const ended = end();
  const pause = probe.pauseOf(ended);
  const reply = await whileWanted(ended, recording.discarded);
  recording.ended(await within(pauseLimitMs, pause));
  return reply;
}

/** Until it is over, says once a second that it is still wanted, which may take its time: one follows the other. */
export async function renewUntil(
  over: Promise<void>,
  renew: () => Promise<unknown>,
  discarded: AbortSignal,
): Promise<void> {
  let isOver = false;
  const ended = over.finally(() => {
    isOver = true;
  });
  ended.catch(() => {});
  while (!isOver) {
    await within(renewEveryMs, ended);
    if (!isOver) await whileWanted(renew(), discarded);
  }
  await ended;
}

/** For a recorder that nobody has renewed in time, because the thread did not answer. */
export function tellOfSwitchedOff(recording: Recording): void {
  recording.end('limit', 'The thread was silent for so long that the recorder has switched itself off.');
}
