import { setTimeout as sleep } from 'node:timers/promises';
import { CaptureFailure } from '../../../../errors.ts';
import type { ThreadMemory } from '../../../../in-thread/memory.ts';
import type { ThreadSession } from '../../../inspector/thread-session.ts';
import { within } from '../../../within.ts';
import type { RecordedData, Recording } from '../../capture-method.ts';
import type { ThreadProbe } from '../../thread-probe.ts';
import { readHostMemory } from '../host-memory.ts';
import type { SnapshotAddon } from '../snapshot-addon.ts';
import type { SnapshotForecast, SnapshotForecastFacts } from '../snapshot-forecast.ts';
import { SnapshotText } from '../snapshot-text.ts';
import type { ChildEnd } from './child-end.ts';
import { SnapshotChild } from './snapshot-child.ts';
import type { SnapshotForker } from './snapshot-forker.ts';

const mostChildren = 3;
const [leastDelayMs, mostDelayMs] = [50, 250];
/** A thread that does not answer for this long is taken to be stuck. */
const unresponsiveAfterMs = 300;
/** Of processor time, for a child that works and comes to no end; the forecast is for a fast machine. */
const basicLimitMs = 30_000;
const limitFactor = 10;
/** For the service, which goes on meanwhile. */
const leastLeftBytes = 64 * 1024 * 1024;
const leastLeftShare = 0.05;

export interface ChildRecordingOrder {
  recording: Recording;
  session: ThreadSession;
  probe: ThreadProbe;
  addon: SnapshotAddon;
  forker: SnapshotForker;
  forecast: SnapshotForecast;
  expected: SnapshotForecastFacts;
  memory: ThreadMemory;
  keepStrings: boolean;
}

/**
 * Takes the snapshot in a child. One that fails before its first bytes is followed by another, twice: a child lacks all
 * threads but one, and cannot go on when one of the others was in the middle of something that it needs.
 *
 * @throws {CaptureFailure} snapshot-child-killed, snapshot-child-failed
 */
export async function recordInChild(order: ChildRecordingOrder): Promise<RecordedData> {
  const { recording } = order;
  const remarks: string[] = [];
  for (let number = 1; ; number += 1) {
    const { child, pauseMs } = await fork(order, number === 1);
    try {
      if (number > 1) remarks.push(`Child ${number} was forked with a pause of ${pauseMs.toFixed(1)} ms.`);
      recording.discarded.throwIfAborted();
      const first = await child.read();
      recording.discarded.throwIfAborted();
      if (first !== undefined) return toData(order, child, first, remarks);
      const end = await child.end();
      const sentence = requireAnother(end, child, number);
      remarks.push(sentence);
    } catch (error) {
      child[Symbol.dispose]();
      throw error;
    }
    child[Symbol.dispose]();
    await sleep(leastDelayMs + Math.random() * (mostDelayMs - leastDelayMs), undefined, {
      signal: recording.discarded,
    });
  }
}

async function fork(
  { recording, session, probe, addon, forker, forecast, expected }: ChildRecordingOrder,
  isFirst: boolean,
): Promise<{ child: SnapshotChild; pauseMs: number }> {
  const wasSilent = !(await probe.answersWithin(unresponsiveAfterMs));
  const forked = forker.fork(session);
  const seen = wasSilent ? undefined : probe.pauseOf(forked);
  const { ticket, pid, pauseMicros } = await forked;
  const cpuLimitMs = basicLimitMs + expected.durationMs * limitFactor;
  const leastLeft = Math.max(leastLeftBytes, readHostMemory().availableBytes * leastLeftShare);
  const spent = ({ memoryBytes, cpuMs }: { memoryBytes: number; cpuMs: number }) =>
    recording.spent({ childMemoryBytes: memoryBytes, childCpuMs: cpuMs });
  const child = new SnapshotChild({ addon, ticket, pid, cpuLimitMs, leastLeftBytes: leastLeft, spent });
  recording.discarded.addEventListener('abort', () => child[Symbol.dispose](), { once: true });
  if (recording.discarded.aborted) child[Symbol.dispose]();
  const seenMs = seen && (await within(unresponsiveAfterMs, seen));
  // From outside it is what the service feels, what else it did at the moment included.
  const pauseMs = Math.max(seenMs ?? 0, pauseMicros / 1000);
  forecast.learnPause(pauseMicros / 1000, process.memoryUsage.rss());
  if (isFirst) {
    const threadUnresponsive = wasSilent || seenMs === undefined;
    await recording.began({
      threadUnresponsive,
      startPauseMs: pauseMs,
      mostDurationMs: Number.POSITIVE_INFINITY,
      isComplete: true,
    });
  }
  return { child, pauseMs };
}

/** A sentence for the reader of the snapshot, when another child is worth a try. */
function requireAnother(end: ChildEnd, child: SnapshotChild, number: number): string {
  refuseAnother(end, child);
  const detail = end.how === 'failed' ? end.detail : 'wrote nothing';
  if (number < mostChildren) return `Child ${number} ${detail}.`;
  throw new CaptureFailure(
    'snapshot-child-failed',
    `Each of ${mostChildren} children failed; the last one ${detail}. The service was not touched. Try again, or record heap.`,
  );
}

/** @throws {CaptureFailure} when it ended for want of memory, which another one would lack as well */
function refuseAnother(end: ChildEnd, { peakBytes }: SnapshotChild): void {
  const [taken, advice] = [
    `${toMb(peakBytes)} MB`,
    'The service was not touched. Record heap instead, or give it more memory.',
  ];
  if (end.how === 'killed') {
    throw new CaptureFailure(
      'snapshot-child-killed',
      `The child that wrote the snapshot was killed, as a rule by the kernel because memory ran short; it had taken ${taken}. ${advice}`,
    );
  }
  if (end.how === 'short-of-memory') {
    throw new CaptureFailure(
      'not-enough-memory',
      `The snapshot was given up when only ${toMb(end.leftBytes)} MB of memory were left; its child had taken ${taken}. ${advice}`,
    );
  }
}

const toMb = (bytes: number) => Math.ceil(bytes / 1e6);

function toData(
  order: ChildRecordingOrder,
  child: SnapshotChild,
  first: Uint8Array,
  remarks: readonly string[],
): RecordedData {
  const { keepStrings } = order;
  return { recordedMs: 0, remarks, redacted: !keepStrings, pieces: readAll(order, child, first) };
}

async function* readAll(
  { recording, forecast, expected, memory, keepStrings }: ChildRecordingOrder,
  child: SnapshotChild,
  first: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const text = new SnapshotText(keepStrings, expected.artifactBytes, recording);
  try {
    for (let bytes: Uint8Array | undefined = first; bytes; bytes = await child.read()) {
      recording.discarded.throwIfAborted();
      yield* text.push(bytes);
    }
    recording.discarded.throwIfAborted();
    const end = await child.end();
    refuseAnother(end, child);
    if (end.how === 'failed') {
      throw new CaptureFailure(
        'snapshot-child-failed',
        `The child ${end.detail} while the snapshot was read. The service was not touched. Try again.`,
      );
    }
    yield* text.end();
    const { nodeCount, writtenBytes } = text;
    forecast.learn({ memory, nodeCount, childMemoryBytes: child.peakBytes, artifactBytes: writtenBytes });
  } finally {
    child[Symbol.dispose]();
  }
}
