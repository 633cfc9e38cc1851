import { CaptureKind as CaptureKindMessage } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { CAPTURE_KINDS, type CaptureKind } from '../http/contract/index.ts';

const messages = {
  cpu: CaptureKindMessage.CPU,
  heap: CaptureKindMessage.HEAP,
  allocation: CaptureKindMessage.ALLOCATION,
  heapsnapshot: CaptureKindMessage.HEAPSNAPSHOT,
  wait: CaptureKindMessage.WAIT,
  lock: CaptureKindMessage.LOCK,
  activity: CaptureKindMessage.ACTIVITY,
  trace: CaptureKindMessage.TRACE,
  goroutine: CaptureKindMessage.GOROUTINE,
  block: CaptureKindMessage.BLOCK,
  mutex: CaptureKindMessage.MUTEX,
} as const satisfies Record<CaptureKind, CaptureKindMessage>;

/** undefined for what this server does not know. */
export function toCaptureKind(message: CaptureKindMessage): CaptureKind | undefined {
  return CAPTURE_KINDS.find((kind) => messages[kind] === message);
}

export function toCaptureKindMessage(kind: CaptureKind): CaptureKindMessage {
  return messages[kind];
}
