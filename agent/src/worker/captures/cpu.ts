import {
  CaptureKind,
  type CollectPerformanceDataRequest,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { InvalidRequest } from '../../errors.ts';
import { callTool } from '../inspector/call-tool.ts';
import type { ThreadDirectory } from '../inspector/thread-directory.ts';
import type { ThreadSession } from '../inspector/thread-session.ts';
import type { MainThreadPulse } from '../vitals/main-thread-pulse.ts';
import { within } from '../within.ts';
import type {
  CaptureCapabilityFacts,
  CaptureMethod,
  Record,
  RecordedData,
  Recording,
} from './capture-method.ts';
import { parseCpuProfile, toJsonPieces } from './cpu-profile.ts';
import { StartPauseForecast } from './start-pause.ts';
import { mainThreadProbe, type ThreadProbe, workerThreadProbe } from './thread-probe.ts';

const defaultIntervalMicros = 1000;
/** A sample takes some 30 bytes in the service, and handing them all over stops its thread for the longer the more. */
const mostSamples = 1_000_000;
/** A thread that does not answer for this long is taken to be stuck. */
const unresponsiveAfterMs = 300;
/** The start is not kept waiting for longer by a thread that does not answer: its pause is not told apart then. */
const patienceMs = 60;
const lookLimitMs = 250;
/** After this long a thread that did not answer before is helped to show its functions; too short to call it stuck. */
const revealAfterMs = 20;

/** What the thread is busy with: V8's sampling profiler, started from the agent's thread through the inspector. */
export class CpuMethod implements CaptureMethod {
  readonly kind = CaptureKind.CPU;
  readonly name = 'cpu';
  readonly mediaType = 'application/vnd.v8.cpuprofile+json';
  readonly #threads: ThreadDirectory;
  readonly #pulse: MainThreadPulse;
  readonly #startPause = new StartPauseForecast();

  constructor(threads: ThreadDirectory, pulse: MainThreadPulse) {
    this.#threads = threads;
    this.#pulse = pulse;
  }

  findCapability(): CaptureCapabilityFacts {
    const reason = this.#threads.findObstacle();
    if (reason !== undefined) return { available: false, reason };
    const { ms: startPauseMs } = this.#startPause;
    return {
      available: true,
      price: {
        startPauseMs,
        throughputLoss: 0.02,
        memoryBytes: 16 * 1024 * 1024,
        cpuCores: 0.02,
        artifactBytes: 0,
      },
      budget: { pauseMs: 1_000, threadShare: 0.2, cpuCores: 0.5, memoryBytes: 256 * 1024 * 1024 },
    };
  }

  async look(): Promise<void> {
    try {
      using session = await this.#threads.open('main', AbortSignal.timeout(lookLimitMs));
      const memory = await within(lookLimitMs, callTool(session, 'readMemory'));
      if (memory) this.#startPause.see(memory.bytecodeBytes);
    } catch {
      // The forecast stays as it was.
    }
  }

  prepare(request: CollectPerformanceDataRequest): Record {
    const given = request.options.case === 'cpu' ? request.options.value.intervalMicros : 0;
    const intervalMicros = given === 0 ? defaultIntervalMicros : given;
    if (intervalMicros < 50 || intervalMicros > 100_000) {
      throw new InvalidRequest('interval_micros must be 50 to 100000, or 0 for 1000.');
    }
    return (recording) => this.#record(recording, intervalMicros);
  }

  async #record(recording: Recording, intervalMicros: number): Promise<RecordedData> {
    const { threadId, discarded } = recording;
    using session = await this.#threads.open(threadId, discarded);
    // Disposing fails every open question of the session, and V8 drops the profiler of a session that is gone.
    discarded.addEventListener('abort', () => session[Symbol.dispose](), { once: true });
    discarded.throwIfAborted();
    const probe = threadId === 'main' ? mainThreadProbe(this.#pulse) : workerThreadProbe(session);
    const { startPauseMs, isSilent, isStuck } = await start(session, probe, intervalMicros);
    if (startPauseMs !== undefined && threadId === 'main') this.#startPause.learn(startPauseMs);
    const over = recording.began({
      threadUnresponsive: isSilent,
      startPauseMs,
      mostDurationMs: (mostSamples * intervalMicros) / 1000,
    });
    isStuck.then(
      (unresponsive) => recording.noteUnresponsive(unresponsive),
      () => {},
    );
    await over;
    return await stop(session, probe, recording);
  }
}

interface Start {
  /** Undefined when the thread did not answer before it. */
  startPauseMs: number | undefined;
  /** The thread has not answered since the profiler runs. */
  isSilent: boolean;
  /** It does not answer for long enough: it is in what the profile will show. */
  isStuck: Promise<boolean>;
}

async function start(session: ThreadSession, probe: ThreadProbe, interval: number): Promise<Start> {
  const wasSilent = probe.silentForMs > patienceMs || !(await probe.answersWithin(patienceMs));
  // Sent together: each reply that is awaited costs a round trip through a busy thread.
  const started = Promise.all([
    session.post('Profiler.enable'),
    session.post('Profiler.setSamplingInterval', { interval }),
    session.post('Profiler.start'),
  ]);
  const pause = wasSilent ? undefined : probe.pauseOf(started);
  await started;
  const startPauseMs = pause && (await within(unresponsiveAfterMs, pause));
  const answers = startPauseMs !== undefined || probe.answersWithin(unresponsiveAfterMs);
  // A native call that has ended meanwhile has left a healthy thread behind, and is not in the profile.
  if (answers === true || (await within(revealAfterMs, answers))) {
    return { startPauseMs, isSilent: false, isStuck: Promise.resolve(false) };
  }
  const isStuck = Promise.all([answers, revealRunningFunctions(session)]).then(([isWell]) => !isWell);
  return { startPauseMs, isSilent: true, isStuck };
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

async function stop(session: ThreadSession, probe: ThreadProbe, recording: Recording): Promise<RecordedData> {
  const stopped = session.post('Profiler.stop');
  const pause = probe.pauseOf(stopped);
  const profile = parseCpuProfile(await stopped);
  recording.ended(await within(unresponsiveAfterMs, pause));
  return { recordedMs: (profile.endTime - profile.startTime) / 1000, pieces: toJsonPieces(profile) };
}
