import { within } from '../within.ts';
import type { Recording } from './capture-method.ts';
import type { ThreadProbe } from './thread-probe.ts';

/** So long a pause at the start or the end is waited for. */
export const pauseLimitMs = 300;
/** A thread that does not answer for this long is taken to be stuck: busy ones are silent for hundreds of milliseconds. */
export const stuckAfterMs = 1_000;
/** The start is not kept waiting for longer by a thread that does not answer: its pause is not told apart then. */
const patienceMs = 60;
/** After this long a thread that did not answer before is helped to show its functions; too short to call it stuck. */
const secondLookMs = 20;

export interface RecorderStart<Reply = unknown> {
  /** What the recorder answered. */
  reply: Reply;
  /** Undefined when the thread did not answer before it. */
  startPauseMs: number | undefined;
  /** The thread has not answered since the recorder runs. */
  isSilent: boolean;
  /** That it is stuck was known before. */
  isKnownStuck: boolean;
  /** It does not answer for long enough: it is in what the recording will show. */
  isStuck: Promise<boolean>;
}

/**
 * Starts a recorder on a thread that may be stuck: such a one is recorded first and judged later.
 *
 * @param start resolves when the recorder runs
 */
export async function startRecorder<Reply>(
  probe: ThreadProbe,
  start: () => Promise<Reply>,
): Promise<RecorderStart<Reply>> {
  const wasSilent = probe.silentForMs > patienceMs || !(await probe.answersWithin(patienceMs));
  const started = start();
  const pause = wasSilent ? undefined : probe.pauseOf(started);
  const reply = await started;
  const startPauseMs = pause && (await within(pauseLimitMs, pause));
  const answers = startPauseMs !== undefined || probe.answersWithin(stuckAfterMs);
  // A native call that has ended meanwhile has left a healthy thread behind, and is not in the recording.
  if (answers === true || (await within(secondLookMs, answers))) {
    return { reply, startPauseMs, isSilent: false, isKnownStuck: false, isStuck: Promise.resolve(false) };
  }
  return {
    reply,
    startPauseMs,
    isSilent: true,
    isKnownStuck: probe.silentForMs >= stuckAfterMs,
    isStuck: answers.then((isWell) => !isWell),
  };
}

/** Tells that the recorder runs, and later whether its thread is stuck. Resolves when the recording is to end. */
export function tellBegan(
  recording: Recording,
  { startPauseMs, isKnownStuck, isStuck }: RecorderStart,
  mostDurationMs: number,
): Promise<void> {
  const over = recording.began({ threadUnresponsive: isKnownStuck, startPauseMs, mostDurationMs });
  isStuck.then(
    (unresponsive) => recording.noteUnresponsive(unresponsive),
    () => {},
  );
  return over;
}
