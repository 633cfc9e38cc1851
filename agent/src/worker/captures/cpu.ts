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
import { onThread } from './on-thread.ts';
import { StartPauseForecast } from './start-pause.ts';
import { pauseLimitMs, type RecorderStart, startRecorder, tellBegan } from './start-recorder.ts';
import type { ThreadProbe } from './thread-probe.ts';

const defaultIntervalMicros = 1000;
/** A sample takes some 30 bytes in the service, and handing them all over stops its thread for the longer the more. */
const mostSamples = 1_000_000;
const lookLimitMs = 250;

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
      const bytecodeBytes = await within(lookLimitMs, callTool(session, 'readBytecodeBytes'));
      if (bytecodeBytes) this.#startPause.see(bytecodeBytes);
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

  #record(recording: Recording, intervalMicros: number): Promise<RecordedData> {
    return onThread(this.#threads, this.#pulse, recording, async (session, probe) => {
      using _sampler = recording.threadId === 'main' ? this.#pulse.sampled.begin() : undefined;
      const start = await startProfiler(session, probe, intervalMicros);
      const { startPauseMs } = start;
      if (startPauseMs !== undefined && recording.threadId === 'main') this.#startPause.learn(startPauseMs);
      await tellBegan(recording, start, (mostSamples * intervalMicros) / 1000);
      return await stop(session, probe, recording);
    });
  }
}

async function startProfiler(
  session: ThreadSession,
  probe: ThreadProbe,
  interval: number,
): Promise<RecorderStart> {
  // Sent together: each reply that is awaited costs a round trip through a busy thread.
  const start = await startRecorder(probe, () =>
    Promise.all([
      session.post('Profiler.enable'),
      session.post('Profiler.setSamplingInterval', { interval }),
      session.post('Profiler.start'),
    ]),
  );
  if (!start.isSilent) return start;
  const isStuck = Promise.all([start.isStuck, revealRunningFunctions(session)]).then(([stuck]) => stuck);
  return { ...start, isStuck };
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
  recording.ended(await within(pauseLimitMs, pause));
  return { recordedMs: (profile.endTime - profile.startTime) / 1000, pieces: toJsonPieces(profile) };
}
