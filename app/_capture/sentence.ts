import type { Capture } from '#contract';
import type { Formats } from '../_format/formats.ts';
import type { Messages } from '../_messages/catalogue.ts';
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
      if (capture.ending === 'stop') return words.stopping;
      if (remainingMs === 0) return words.recordingEnds;
      return capture.threadUnresponsive
        ? words.recordingStuck(left(remainingMs))
        : words.recording(left(remainingMs));
    case 'writing':
      return words.writing;
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

function completeSentence(capture: Capture, t: Messages, f: Formats): string {
  const words = t.capture.sentence;
  const recorded = f.duration(capture.artifact?.recordedSeconds ?? capture.durationSeconds);
  const parts = [
    words.complete(t.capture.kinds[capture.kind].term, capture.instanceName, recorded, capture.thread),
  ];
  if (capture.threadUnresponsive) parts.push(words.unresponsive);
  if (capture.artifact?.endedBy === 'stopped') parts.push(words.endedStopped);
  if (capture.artifact?.endedBy === 'limit') parts.push(words.endedLimit);
  return parts.join(' ');
}

function titleOf(capture: Capture, t: Messages): string {
  return t.capture.titleOf(t.capture.kinds[capture.kind].term, capture.instanceName);
}
