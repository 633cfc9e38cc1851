import {
  CaptureKind,
  type CollectPerformanceDataRequest,
} from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { InvalidRequest } from '../../../errors.ts';
import { callTool } from '../../inspector/call-tool.ts';
import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import { SessionClosed, type ThreadSession } from '../../inspector/thread-session.ts';
import { gzipContentions } from '../../pprof/encode-contentions.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import { whileWanted } from '../../while-wanted.ts';
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
import { WaitCollection } from './wait-collection.ts';
import { howItWent, usualLoss, whatIsFollowed } from './wait-remarks.ts';

const mostDurationMs = 3_600_000;
const mostSampleEvery = 100_000;

/** What asynchronous work waited for, by the place where it began: the block profile of Node. */
export class WaitMethod implements CaptureMethod {
  readonly kind = CaptureKind.WAIT;
  readonly name = 'wait';
  readonly mediaType = 'application/vnd.pprof+gzip';
  readonly #threads: ThreadDirectory;
  readonly #pulse: MainThreadPulse;
  readonly #service: string;
  readonly #startPause = new LearnedPause(10);

  constructor(threads: ThreadDirectory, pulse: MainThreadPulse, service: string) {
    this.#threads = threads;
    this.#pulse = pulse;
    this.#service = service;
  }

  findCapability(): CaptureCapabilityFacts {
    const reason = this.#threads.findObstacle();
    if (reason !== undefined) return { available: false, reason };
    return {
      available: true,
      price: {
        startPauseMs: this.#startPause.ms,
        throughputLoss: usualLoss,
        memoryBytes: 24 * 1024 * 1024,
        cpuCores: 0.02,
        artifactBytes: 0,
      },
      budget: { pauseMs: 500, threadShare: 0.15, cpuCores: 0.25, memoryBytes: 256 * 1024 * 1024 },
      remarks: whatIsFollowed(),
    };
  }

  prepare(request: CollectPerformanceDataRequest): Record {
    const sampleEvery = request.options.case === 'wait' ? request.options.value.sampleEvery : 0;
    if (sampleEvery > mostSampleEvery) {
      throw new InvalidRequest(
        `sample_every must be 1 to ${mostSampleEvery}, or 0 to follow as many as the load allows.`,
      );
    }
    return (recording) => this.#record(recording, sampleEvery);
  }

  async #record(recording: Recording, sampleEvery: number): Promise<RecordedData> {
    const { threadId, discarded } = recording;
    using session = await this.#threads.open(threadId, discarded);
    discarded.throwIfAborted();
    const probe = threadId === 'main' ? mainThreadProbe(this.#pulse) : workerThreadProbe(session);
    const waits = new WaitCollection();
    try {
      const begun = await startRecorder(probe, () =>
        whileWanted(callTool(session, 'startWaits', sampleEvery), discarded),
      );
      if (threadId === 'main') this.#startPause.learn(begun.startPauseMs);
      const startedAtMs = Date.now();
      const over = tellBegan(recording, begun, mostDurationMs);
      await untilThreadEnds(waits, recording, async () => {
        await renewUntil(over, () => drain(session, waits, recording), discarded);
        await endInThread(probe, () => callTool(session, 'endWaits'), recording);
        await whileWanted(drain(session, waits, recording), discarded);
      });
      await over;
      return this.#toData(waits, startedAtMs);
    } finally {
      await leaveThread(callTool(session, 'forgetWaits'));
    }
  }

  #toData(waits: WaitCollection, startedAtMs: number): RecordedData {
    const { facts, frames } = waits;
    if (!facts) throw new Error('the thread has handed nothing over.');
    const remarks = [...howItWent(facts), ...whatIsFollowed()];
    const pieces = gzipContentions({
      frames,
      records: waits.records(),
      startedAtMs,
      durationMs: facts.recordedMs,
      sampleEvery: Math.max(1, Math.round(waits.count / Math.max(1, facts.followed))),
      program: this.#service,
      comments: remarks,
    });
    return { recordedMs: facts.recordedMs, remarks, pieces };
  }
}

/** Of a thread that ends, what it has handed over is kept: all but the last second. */
async function untilThreadEnds(
  waits: WaitCollection,
  recording: Recording,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SessionClosed && error.threadEnded && waits.facts)) throw error;
    recording.end('thread-ended', `Thread ${recording.threadId} ended while it was being recorded.`);
  }
}

async function drain(session: ThreadSession, waits: WaitCollection, recording: Recording): Promise<void> {
  for (let isMore = true; isMore; ) {
    const part = await callTool(session, 'drainWaits', waits.cursor);
    if (!part) {
      tellOfSwitchedOff(recording);
      return;
    }
    waits.add(part);
    recording.spent({ threadShare: part.facts.threadShare });
    isMore = part.isMore;
  }
}
