import type { Artifact, Capture, CaptureState } from '#contract';
import type { Formats } from '../_format/formats.ts';
import type { Messages } from '../_messages/catalogue.ts';
import { looksOnce } from './kinds.ts';
import { progressOf } from './progress.ts';

/** What a capture is doing, or what came of it. */
export function captureSentence(capture: Capture, nowMs: number, t: Messages, f: Formats): string {
  const words = t.capture.sentence;
  const { status } = capture;
  const left = (ms: number | null) => f.duration(Math.ceil((ms ?? 0) / 1000));
  if (capture.ending === 'cancel' && status.state !== 'cancelled' && status.state !== 'failed')
    return words.cancelling;
  const { remainingMs } = progressOf(capture, nowMs);
  switch (status.state) {
    case 'queued':
      return words.queued(status.ahead);
    case 'starting':
      return words.starting;
    case 'waiting':
      return words.waiting;
    case 'recording':
      if (looksOnce(capture.kind)) return words.looking;
      if (capture.ending === 'stop') return words.stopping;
      if (remainingMs === 0) return words.recordingEnds;
      return capture.threadUnresponsive
        ? words.recordingStuck(left(remainingMs))
        : words.recording(left(remainingMs));
    case 'writing':
      return writingSentence(status, remainingMs, t, f);
    case 'transferring':
      return words.transferring(f.bytes(status.receivedBytes), f.bytes(status.totalBytes));
    case 'interrupted':
      if (remainingMs === 0) return words.interruptedOver;
      return words.interrupted(t.capture.during[status.during], left(remainingMs));
    case 'complete':
      return completeSentence(capture, t, f);
    case 'failed':
      return words.failed(titleOf(capture, t));
    case 'cancelled':
      return words.cancelled(titleOf(capture, t));
  }
}

function writingSentence(
  { writtenBytes, expectedBytes }: Extract<CaptureState, { state: 'writing' }>,
  remainingMs: number | null,
  t: Messages,
  f: Formats,
): string {
  const words = t.capture.sentence;
  if (writtenBytes === 0) return words.writing;
  if (expectedBytes === null) return words.written(f.bytes(writtenBytes));
  const left = remainingMs === null ? undefined : f.duration(Math.ceil(remainingMs / 1000));
  return words.writtenOf(f.bytes(writtenBytes), f.bytes(expectedBytes), left);
}

function completeSentence(capture: Capture, t: Messages, f: Formats): string {
  const words = t.capture.sentence;
  const { artifact, kind, instanceName, thread } = capture;
  const term = t.capture.kinds[kind].term;
  const recorded = f.duration(artifact?.recordedSeconds ?? capture.durationSeconds);
  const parts = [
    looksOnce(kind)
      ? words.completeWhole(term, instanceName, f.bytes(artifact?.sizeBytes ?? 0))
      : completeWordsOf(kind, words)(term, instanceName, recorded, thread),
  ];
  if (artifact?.redacted === true) parts.push(words.redacted);
  if (artifact?.redacted === false) parts.push(words.notRedacted);
  if (capture.threadUnresponsive && kind === 'cpu') parts.push(words.unresponsive);
  if (artifact) parts.push(...endedParts(artifact, words));
  return parts.join(' ');
}

function completeWordsOf(kind: Capture['kind'], words: Messages['capture']['sentence']) {
  if (kind === 'activity') return words.completeActivity;
  return kind === 'trace' ? words.completeTrace : words.complete;
}

/** Why it ended, when that was not what was asked for. The agent's reason has the numbers. */
function endedParts({ endedBy, endedReason }: Artifact, words: Messages['capture']['sentence']): string[] {
  switch (endedBy) {
    case 'stopped':
      return [words.endedStopped];
    case 'limit':
      return [words.endedLimit, endedReason].filter(Boolean);
    case 'budget':
      return [words.endedBudget, endedReason].filter(Boolean);
    case 'thread-ended':
      return [words.endedThread];
    default:
      return [];
  }
}

function titleOf(capture: Capture, t: Messages): string {
  return t.capture.titleOf(t.capture.kinds[capture.kind].term, capture.instanceName);
}
