import {
  CaptureKind,
  type CollectPerformanceDataRequest,
} from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import type { LockSubjects } from '../../../in-thread/locks/lock-tools.ts';
import { callTool } from '../../inspector/call-tool.ts';
import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import type { ThreadSession } from '../../inspector/thread-session.ts';
import { gzipContentions } from '../../pprof/encode-contentions.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import { whileWanted } from '../../while-wanted.ts';
import { within } from '../../within.ts';
import type {
  CaptureCapabilityFacts,
  CaptureMethod,
  Record,
  RecordedData,
  Recording,
} from '../capture-method.ts';
import { LearnedPause } from '../learned-pause.ts';
import { startRecorder, tellBegan } from '../start-recorder.ts';
import { mainThreadProbe, workerThreadProbe } from '../thread-probe.ts';
import { endInThread, leaveThread, renewUntil, tellOfSwitchedOff } from '../thread-recorder.ts';
import { toLockProfile } from './lock-profile.ts';
import { nothingToFollow, resultRemarks, subjectRemarks } from './lock-remarks.ts';

const mostDurationMs = 3_600_000;
const lookLimitMs = 400;

/** Who waited for whose lock: registered locks and pools, and those of libraries that are wrapped meanwhile. */
export class LockMethod implements CaptureMethod {
  readonly kind = CaptureKind.LOCK;
  readonly name = 'lock';
  readonly mediaType = 'application/vnd.pprof+gzip';
  readonly #threads: ThreadDirectory;
  readonly #pulse: MainThreadPulse;
  readonly #service: string;
  /** Of the main thread, when it was last looked at. */
  #subjects: LockSubjects | undefined;
  #hasWorkers = false;
  readonly #startPause = new LearnedPause(5);

  constructor(threads: ThreadDirectory, pulse: MainThreadPulse, service: string) {
    this.#threads = threads;
    this.#pulse = pulse;
    this.#service = service;
  }

  findCapability(): CaptureCapabilityFacts {
    const reason = this.#threads.findObstacle() ?? this.#findNothing();
    if (reason !== undefined) return { available: false, reason };
    return {
      available: true,
      price: {
        startPauseMs: this.#startPause.ms,
        throughputLoss: 0.02,
        memoryBytes: 8 * 1024 * 1024,
        cpuCores: 0.01,
        artifactBytes: 0,
      },
      budget: { pauseMs: 500, threadShare: 0.15, cpuCores: 0.25, memoryBytes: 128 * 1024 * 1024 },
      remarks: this.#subjects ? subjectRemarks(this.#subjects, this.#hasWorkers) : [],
    };
  }

  async look(): Promise<void> {
    try {
      using session = await this.#threads.open('main', new AbortController().signal);
      this.#subjects = (await within(lookLimitMs, callTool(session, 'findLocks'))) ?? this.#subjects;
      this.#hasWorkers = (await this.#threads.list()).length > 1;
    } catch {
      // No inspector here: what was known before stays.
    }
  }

  prepare(_request: CollectPerformanceDataRequest): Record {
    return (recording) => this.#record(recording);
  }

  /** A worker thread may have loaded what the main thread has not. */
  #findNothing(): string | undefined {
    return this.#subjects && !this.#hasWorkers ? nothingToFollow(this.#subjects) : undefined;
  }

  async #record(recording: Recording): Promise<RecordedData> {
    const { threadId, discarded } = recording;
    using session = await this.#threads.open(threadId, discarded);
    discarded.throwIfAborted();
    const probe = threadId === 'main' ? mainThreadProbe(this.#pulse) : workerThreadProbe(session);
    let isOver = false;
    try {
      const begun = await startRecorder(probe, () => whileWanted(callTool(session, 'startLocks'), discarded));
      if (threadId === 'main') {
        this.#subjects = begun.reply;
        this.#startPause.learn(begun.startPauseMs);
      }
      const over = tellBegan(recording, begun, mostDurationMs);
      await renewUntil(over, () => renew(session, recording), discarded);
      const table = await endInThread(probe, () => callTool(session, 'finishLocks'), recording);
      isOver = true;
      if (!table) throw new Error('what was recorded is gone from the thread.');
      const remarks = [...subjectRemarks(begun.reply, false), ...resultRemarks(table)];
      const profile = toLockProfile(table, this.#service, remarks);
      return { recordedMs: table.recordedMs, remarks, pieces: gzipContentions(profile) };
    } finally {
      if (!isOver) await leaveThread(callTool(session, 'finishLocks'));
    }
  }
}

async function renew(session: ThreadSession, recording: Recording): Promise<void> {
  const threadShare = await callTool(session, 'renewLocks');
  if (threadShare < 0) tellOfSwitchedOff(recording);
  else recording.spent({ threadShare });
}
