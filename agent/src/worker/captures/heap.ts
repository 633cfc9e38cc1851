import {
  CaptureKind,
  type CollectPerformanceDataRequest,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { InvalidRequest } from '../../errors.ts';
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
import { parseHeapProfile, toJsonPieces } from './heap-profile.ts';
import type { HeapSampler } from './heap-sampler.ts';
import { LearnedPause } from './learned-pause.ts';
import { onThread } from './on-thread.ts';
import { startRecorder, tellBegan } from './start-recorder.ts';
import type { ThreadProbe } from './thread-probe.ts';

const kib = 1024;
const mib = 1024 * kib;
const defaultIntervalBytes = 512 * kib;
/** A sample takes some 150 bytes in the service, and 2 to 3 µs of its thread when they are handed over. */
const mostSamples = 400_000;
/** More than services allocate for long; what allocates faster is held by the budget of memory. */
const allocatedBytesPerMs = (512 * mib) / 1000;
/** Handing over what a fast allocator has left may take long, and a collection of a large heap too. */
const endPauseLimitMs = 10_000;

/** A thread that does not answer for so long is stuck already, and the pause at the end cannot be told apart. */
const silentAfterMs = 50;

/** In what the two kinds differ. Both are V8's sampler of allocations, started through the inspector. */
export interface HeapQuestion {
  readonly kind: CaptureKind;
  readonly name: string;
  /** Whether what has been collected meanwhile stays in the profile. */
  readonly keepsCollected: boolean;
  /** What is in it and what is not. */
  readonly remark: string;
}

export const inUse: HeapQuestion = {
  kind: CaptureKind.HEAP,
  name: 'heap',
  keepsCollected: false,
  remark:
    'It holds what was allocated during the recording and was still in use at its end; what was there before is not ' +
    'in it.',
};

export const allocated: HeapQuestion = {
  kind: CaptureKind.ALLOCATION,
  name: 'allocation',
  keepsCollected: true,
  remark: 'It holds everything that was allocated during the recording, also what has been freed since.',
};

/** Where memory was allocated that is in use, or where all of it was: one of the two questions. */
export class HeapMethod implements CaptureMethod {
  readonly kind: CaptureKind;
  readonly name: string;
  readonly mediaType = 'application/vnd.v8.heapprofile+json';
  readonly #question: HeapQuestion;
  readonly #threads: ThreadDirectory;
  readonly #pulse: MainThreadPulse;
  readonly #sampler: HeapSampler;
  readonly #startPause = new LearnedPause(5);

  constructor(
    question: HeapQuestion,
    threads: ThreadDirectory,
    pulse: MainThreadPulse,
    sampler: HeapSampler,
  ) {
    this.kind = question.kind;
    this.name = question.name;
    this.#question = question;
    this.#threads = threads;
    this.#pulse = pulse;
    this.#sampler = sampler;
  }

  findCapability(): CaptureCapabilityFacts {
    const reason = this.#threads.findObstacle();
    if (reason !== undefined) return { available: false, reason };
    return {
      available: true,
      price: {
        startPauseMs: this.#startPause.ms,
        endPauseMs: Math.round(this.#sampler.endPauseMs),
        throughputLoss: 0.01,
        memoryBytes: 8 * mib,
        cpuCores: 0.01,
        artifactBytes: 0,
      },
      budget: { pauseMs: 1_000, threadShare: 0.2, cpuCores: 0.5, memoryBytes: 256 * mib },
      remarks: [
        this.#question.remark,
        'The pause at its end is that of collecting garbage, which V8 does once, and grows with the heap.',
      ],
    };
  }

  look(): Promise<void> {
    return this.#sampler.look();
  }

  prepare(request: CollectPerformanceDataRequest): Record {
    const given = request.options.case === 'heap' ? request.options.value.intervalBytes : 0;
    const intervalBytes = given === 0 ? defaultIntervalBytes : given;
    if (intervalBytes < kib || intervalBytes > 64 * mib) {
      throw new InvalidRequest('interval_bytes must be 1024 to 67108864, or 0 for 524288.');
    }
    return (recording) => this.#record(recording, intervalBytes);
  }

  #record(recording: Recording, intervalBytes: number): Promise<RecordedData> {
    const { keepsCollected } = this.#question;
    return onThread(this.#threads, this.#pulse, recording, async (session, probe) => {
      const start = await startRecorder(probe, () =>
        session.post('HeapProfiler.startSampling', {
          samplingInterval: intervalBytes,
          includeObjectsCollectedByMajorGC: keepsCollected,
          includeObjectsCollectedByMinorGC: keepsCollected,
        }),
      );
      const startedMs = performance.now();
      if (recording.threadId === 'main') this.#startPause.learn(start.startPauseMs);
      await tellBegan(recording, start, mostDurationOf(this.#question, intervalBytes));
      const recordedMs = performance.now() - startedMs;
      const pieces = await this.#stop(session, probe, recording);
      return { recordedMs, pieces, remarks: this.#remarksOn(intervalBytes) };
    });
  }

  async #stop(session: ThreadSession, probe: ThreadProbe, recording: Recording): Promise<Iterable<string>> {
    const isMain = recording.threadId === 'main';
    if (isMain) await this.#sampler.look();
    const isSilent = !(await probe.answersWithin(silentAfterMs));
    const stopped = session.post('HeapProfiler.stopSampling');
    const pause = isSilent ? undefined : probe.pauseOf(stopped);
    const profile = parseHeapProfile(await stopped);
    const stopPauseMs = pause && (await within(endPauseLimitMs, pause));
    recording.ended(stopPauseMs);
    if (stopPauseMs !== undefined && isMain) this.#sampler.learn(stopPauseMs);
    return toJsonPieces(profile);
  }

  #remarksOn(intervalBytes: number): string[] {
    return [this.#question.remark, `One sample was taken for ${formatBytes(intervalBytes)} on average.`];
  }
}

function mostDurationOf({ keepsCollected }: HeapQuestion, intervalBytes: number): number {
  // What is in use cannot be more than the heap, so that only small distances make many samples.
  if (!keepsCollected && intervalBytes >= 16 * kib) return Number.POSITIVE_INFINITY;
  return (mostSamples * intervalBytes) / allocatedBytesPerMs;
}

function formatBytes(bytes: number): string {
  return bytes >= mib ? `${+(bytes / mib).toFixed(1)} MiB` : `${+(bytes / kib).toFixed(1)} KiB`;
}
