import { CaptureKind } from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { CaptureFailure, InvalidRequest } from '../../errors.ts';
import type { ThreadDirectory } from '../inspector/thread-directory.ts';
import { SessionClosed, type ThreadSession } from '../inspector/thread-session.ts';
import type { MainThreadPulse } from '../vitals/main-thread-pulse.ts';
import { within } from '../within.ts';
import type { CaptureMethod, Record, RecordedData, Recording } from './capture-method.ts';
import { parseCpuProfile, toJsonPieces } from './cpu-profile.ts';

const defaultIntervalMicros = 1000;
/** A sample takes some 30 bytes in the service, and handing them over stops its thread: 0.4 s for this many. */
const mostSamples = 1_000_000;
/** A thread that does not answer for this long is taken to be stuck. */
const unresponsiveAfterMs = 300;

/** What the thread is busy with: V8's sampling profiler, started from the agent's thread through the inspector. */
export function cpuMethod(threads: ThreadDirectory, pulse: MainThreadPulse): CaptureMethod {
  return {
    kind: CaptureKind.CPU,
    name: 'cpu',
    mediaType: 'application/vnd.v8.cpuprofile+json',
    capability: {
      available: true,
      price: { startPauseMs: 60, throughputLoss: 0.02, memoryBytes: 16 * 1024 * 1024 },
    },
    prepare(request): Record {
      const given = request.options.case === 'cpu' ? request.options.value.intervalMicros : 0;
      const intervalMicros = given === 0 ? defaultIntervalMicros : given;
      if (intervalMicros < 50 || intervalMicros > 100_000) {
        throw new InvalidRequest('interval_micros must be 50 to 100000, or 0 for 1000.');
      }
      return (recording) => record(recording, intervalMicros, threads, pulse);
    },
  };
}

async function record(
  recording: Recording,
  intervalMicros: number,
  threads: ThreadDirectory,
  pulse: MainThreadPulse,
): Promise<RecordedData> {
  const { threadId, discarded } = recording;
  try {
    using session = await threads.open(threadId, discarded);
    // Disposing makes every open question of the session fail, and V8 drops the profiler of a session that is gone.
    discarded.addEventListener('abort', () => session[Symbol.dispose](), { once: true });
    discarded.throwIfAborted();
    const probe = threadId === 'main' ? mainThreadProbe(pulse) : workerThreadProbe(session);
    let threadUnresponsive = !(await probe.answersWithin(unresponsiveAfterMs));
    const start = startProfiler(session, intervalMicros);
    const pause = threadUnresponsive ? Promise.resolve(undefined) : probe.pauseOf(start);
    await start;
    const startPauseMs = await within(unresponsiveAfterMs, pause);
    if (startPauseMs === undefined) {
      threadUnresponsive = true;
      await revealRunningFunctions(session);
    }
    await recording.began({
      threadUnresponsive,
      startPauseMs,
      mostDurationMs: (mostSamples * intervalMicros) / 1000,
    });
    const stop = session.post('Profiler.stop');
    const stopPause = probe.pauseOf(stop);
    const profile = parseCpuProfile(await stop);
    recording.ended(await within(unresponsiveAfterMs, stopPause));
    return { recordedMs: (profile.endTime - profile.startTime) / 1000, pieces: toJsonPieces(profile) };
  } catch (error) {
    if (error instanceof SessionClosed && error.threadEnded) {
      throw new CaptureFailure('thread-ended', `Thread ${threadId} ended while it was being recorded.`);
    }
    throw error;
  }
}

/** Sent together: each reply that is awaited costs a round trip through a busy thread. */
async function startProfiler(session: ThreadSession, interval: number): Promise<void> {
  await Promise.all([
    session.post('Profiler.enable'),
    session.post('Profiler.setSamplingInterval', { interval }),
    session.post('Profiler.start'),
  ]);
}

/**
 * A function that runs already when the profiler starts is missing from the profile, its time goes to its caller: V8
 * has not told the profiler about its code. Turning coverage on and off makes it tell. Not done to a healthy thread:
 * it costs optimised code.
 */
async function revealRunningFunctions(session: ThreadSession): Promise<void> {
  await Promise.all([
    session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: false }),
    session.post('Profiler.stopPreciseCoverage'),
  ]);
}

/** Looks at the thread from outside. */
interface ThreadProbe {
  answersWithin(limitMs: number): Promise<boolean>;
  /** How long the work kept the thread from answering, in milliseconds; not before the thread answers again. */
  pauseOf(work: Promise<unknown>): Promise<number>;
}

function mainThreadProbe(pulse: MainThreadPulse): ThreadProbe {
  return {
    answersWithin: (limitMs) => pulse.answersWithin(limitMs),
    pauseOf: (work) => pulse.longestSilenceDuring(work),
  };
}

/**
 * A worker thread of the service has no line to the agent, so it is asked through the inspector whether its event
 * loop turns. The time until the recorder's reply is then the pause and the way there: an upper bound.
 */
function workerThreadProbe(session: ThreadSession): ThreadProbe {
  const turn = () =>
    session.post('Runtime.evaluate', {
      expression: 'new Promise((resolve) => setImmediate(resolve))',
      awaitPromise: true,
      silent: true,
    });
  return {
    answersWithin: async (limitMs) =>
      (await within(
        limitMs,
        turn().then(() => true),
      )) ?? false,
    async pauseOf(work) {
      const startedMs = performance.now();
      await work.catch(() => {});
      return performance.now() - startedMs;
    },
  };
}
