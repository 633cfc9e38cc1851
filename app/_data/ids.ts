import type { ActionId, CaptureId, InstanceId } from '#contract';

const INSTANCE_ID = /^[a-z][a-z0-9-]{0,62}\.[0-9a-f]{10}$/;
const CAPTURE_ID = /^cap_[0-9a-z]{20}$/;
const ACTION_ID = /^act_[0-9a-z]{20}$/;
const CAPTURE_ID_IN_TEXT = /\bcap_[0-9a-z]{20}\b/;

/** Whether an address can mean an instance at all: the server is not asked for what cannot be. */
export function isInstanceId(text: string): text is InstanceId {
  return INSTANCE_ID.test(text);
}

export function isCaptureId(text: string): text is CaptureId {
  return CAPTURE_ID.test(text);
}

export function isActionId(text: string): text is ActionId {
  return ACTION_ID.test(text);
}

/** The first capture that a sentence names, with what stands before and after it. */
export function splitAtCapture(text: string): { before: string; id: CaptureId; after: string } | undefined {
  const found = CAPTURE_ID_IN_TEXT.exec(text);
  if (found === null) return undefined;
  const [id] = found;
  return {
    before: text.slice(0, found.index),
    id: id as CaptureId,
    after: text.slice(found.index + id.length),
  };
}
