import {
  CaptureKind,
  type CollectPerformanceDataRequest,
} from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import type { LockTable } from '../../../in-thread/locks/lock-recorder.ts';
import type { LockSubjects } from '../../../in-thread/locks/lock-tools.ts';
import { callTool } from '../../inspector/call-tool.ts';
import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import type { ThreadSession } from '../../inspector/thread-session.ts';
import { gzipContentions } from '../../pprof/encode-contentions.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import { within } from '../../within.ts';
import type {
  CaptureCapabilityFacts,
  CaptureMethod,
  Record,
  RecordedData,
  Recording,
} from '../capture-method.ts';
import { pauseLimitMs, stuckAfterMs } from '../start-recorder.ts';
import { mainThreadProbe, type ThreadProbe, workerThreadProbe } from '../thread-probe.ts';
import { leaveThread } from '../thread-recorder.ts';
import { toLockProfile } from './lock-profile.ts';
import { nothingToFollow, resultRemarks, subjectRemarks } from './lock-remarks.ts';

const mostDurationMs = 3_600_000;
const renewEveryMs = 1_000;
const lookLimitMs = 400;
/** The start is not kept waiting for longer by a thread that does not answer. */
const patienceMs = 60;

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
  #startPauseMs = 5;

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
        startPauseMs: this.#startPauseMs,
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
      const { subjects, startPauseMs, isSilent } = await start(session, probe, discarded);
      if (threadId === 'main') {
        this.#subjects = subjects;
        this.#startPauseMs = startPauseMs ?? this.#startPauseMs;
      }
      const over = recording.began({
        threadUnresponsive: probe.silentForMs >= stuckAfterMs,
        startPauseMs,
        mostDurationMs,
      });
      if (isSilent) void noteWhenItAnswers(probe, recording);
      await renewUntil(over, session, recording);
      const table = await finish(session, probe, recording);
      isOver = true;
      const remarks = [...subjectRemarks(subjects, false), ...resultRemarks(table)];
      const profile = toLockProfile(table, this.#service, remarks);
      return { recordedMs: table.recordedMs, remarks, pieces: gzipContentions(profile) };
    } finally {
      if (!isOver) await leaveThread(callTool(session, 'finishLocks'));
    }
  }
}

interface Start {
  subjects: LockSubjects;
  /** Undefined when the thread did not answer before it. */
  startPauseMs: number | undefined;
  isSilent: boolean;
}

async function start(session: ThreadSession, probe: ThreadProbe, discarded: AbortSignal): Promise<Start> {
  const isSilent = probe.silentForMs > patienceMs || !(await probe.answersWithin(patienceMs));
  const started = callTool(session, 'startLocks');
  const pause = isSilent ? undefined : probe.pauseOf(started);
  const subjects = await whileWanted(started, discarded);
  return { subjects, startPauseMs: pause && (await within(pauseLimitMs, pause)), isSilent };
}

async function noteWhenItAnswers(probe: ThreadProbe, recording: Recording): Promise<void> {
  recording.noteUnresponsive(!(await probe.answersWithin(stuckAfterMs)));
}

async function finish(session: ThreadSession, probe: ThreadProbe, recording: Recording): Promise<LockTable> {
  recording.discarded.throwIfAborted();
  const finished = callTool(session, 'finishLocks');
  const pause = probe.pauseOf(finished);
  const table = await whileWanted(finished, recording.discarded);
  recording.ended(await within(pauseLimitMs, pause));
  if (!table) throw new Error('what was recorded is gone from the thread.');
  return table;
}

/** Until it is over, tells the thread once a second that it is still wanted, and the capture what it costs. */
async function renewUntil(over: Promise<void>, session: ThreadSession, recording: Recording): Promise<void> {
  let isAsking = false;
  const renew = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      const threadShare = await callTool(session, 'renewLocks');
      if (threadShare >= 0) recording.spent({ threadShare });
      else recording.end('limit', 'The thread was silent for so long that the recorder switched itself off.');
    } catch {
      // The session is over: whoever asks next comes to know of it.
    } finally {
      isAsking = false;
    }
  };
  const timer = setInterval(() => void renew(), renewEveryMs);
  try {
    await over;
  } finally {
    clearInterval(timer);
  }
}

/** @throws when the capture is thrown away first */
function whileWanted<Value>(work: Promise<Value>, discarded: AbortSignal): Promise<Value> {
  work.catch(() => {});
  return new Promise((resolve, reject) => {
    const leave = () => reject(discarded.reason);
    if (discarded.aborted) return leave();
    discarded.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => discarded.removeEventListener('abort', leave));
  });
}
