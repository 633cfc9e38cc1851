import {
  CaptureKind,
  type CollectPerformanceDataRequest,
} from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import type { ActivityFacts } from '../../../in-thread/activity/activity-tools.ts';
import { StackMirror } from '../../../in-thread/stacks/stack-mirror.ts';
import { callTool } from '../../inspector/call-tool.ts';
import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import type { ThreadSession } from '../../inspector/thread-session.ts';
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
import { usualLoss } from '../wait/wait-remarks.ts';
import { toActivityPieces } from './activity-artifact.ts';
import { readThreadStacks } from './thread-stacks.ts';

/** What is pending now needs no long watch, and each second costs. */
const mostDurationMs = 60_000;

/** What is pending in the process now: operations by where they were begun, open handles, and what its threads execute. */
export class ActivityMethod implements CaptureMethod {
  readonly kind = CaptureKind.ACTIVITY;
  readonly name = 'activity';
  readonly mediaType = 'application/vnd.opscenter.activity+json';
  readonly #threads: ThreadDirectory;
  readonly #pulse: MainThreadPulse;
  readonly #startPause = new LearnedPause(10);

  constructor(threads: ThreadDirectory, pulse: MainThreadPulse) {
    this.#threads = threads;
    this.#pulse = pulse;
  }

  findCapability(): CaptureCapabilityFacts {
    const reason = this.#threads.findObstacle();
    if (reason !== undefined) return { available: false, reason };
    return {
      available: true,
      price: {
        startPauseMs: this.#startPause.ms,
        throughputLoss: usualLoss,
        memoryBytes: 16 * 1024 * 1024,
        cpuCores: 0.02,
        artifactBytes: 0,
      },
      budget: { pauseMs: 500, threadShare: 0.15, cpuCores: 0.25, memoryBytes: 256 * 1024 * 1024 },
      remarks: [
        'Operations that begin during the capture are shown with the place where they began, earlier ones without; it takes a minute at most.',
      ],
    };
  }

  prepare(_request: CollectPerformanceDataRequest): Record {
    return (recording) => this.#record(recording);
  }

  async #record(recording: Recording): Promise<RecordedData> {
    const { threadId, discarded } = recording;
    using session = await this.#threads.open(threadId, discarded);
    discarded.throwIfAborted();
    const probe = threadId === 'main' ? mainThreadProbe(this.#pulse) : workerThreadProbe(session);
    try {
      const begun = await startRecorder(probe, () =>
        whileWanted(callTool(session, 'startActivity'), discarded),
      );
      if (threadId === 'main') this.#startPause.learn(begun.startPauseMs);
      const over = tellBegan(recording, begun, mostDurationMs);
      await renewUntil(over, () => renew(session, recording), discarded);
      await endInThread(probe, () => callTool(session, 'endActivity'), recording);
      const takenAtMs = Date.now();
      const threads = await readThreadStacks(this.#threads, this.#pulse, discarded);
      const { facts, stacks } = await whileWanted(read(session), discarded);
      const remarks = remarksOf(facts);
      const pieces = toActivityPieces({ takenAtMs, threadId, threads, facts, stacks, remarks });
      return { recordedMs: facts.watchedMs, remarks, pieces };
    } finally {
      await leaveThread(callTool(session, 'forgetActivity'));
    }
  }
}

async function renew(session: ThreadSession, recording: Recording): Promise<void> {
  const threadShare = await callTool(session, 'renewActivity');
  if (threadShare < 0) tellOfSwitchedOff(recording);
  else recording.spent({ threadShare });
}

async function read(session: ThreadSession): Promise<{ facts: ActivityFacts; stacks: StackMirror }> {
  const stacks = new StackMirror();
  for (;;) {
    const part = await callTool(session, 'readActivity', stacks.frames.length, stacks.stacks);
    if (!part) throw new Error('what was recorded is gone from the thread.');
    stacks.add(part.stacks);
    if (part.facts) return { facts: part.facts, stacks };
  }
}

function remarksOf({ watchedMs, most, dropped, leftOut, before, threadShare }: ActivityFacts): string[] {
  const seconds = Number((watchedMs / 1000).toPrecision(2));
  const earlier = before.reduce((sum, { count }) => sum + count, 0);
  return [
    most === 1
      ? `Every operation begun in the ${seconds} s before was followed, promises left out.`
      : `There were too many operations to follow each one begun in the ${seconds} s before: at times one in ${most} stands for as many. Promises are left out.`,
    ...(earlier > 0 ? [`Begun earlier, where is not known: ${earlier}.`] : []),
    ...(leftOut > 0 ? [`Smaller groups that are left out: ${leftOut}.`] : []),
    ...(dropped > 0 ? [`${dropped} operations were left out: too many were open at once.`] : []),
    `Following took ${Number((threadShare * 100).toPrecision(2))} % of the thread's time.`,
  ];
}
