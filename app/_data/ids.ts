import type { ActionId, CaptureId, InstanceId } from '#contract';

const INSTANCE_ID = /^[a-z][a-z0-9-]{0,62}\.[0-9a-f]{10}$/;
const CAPTURE_ID = /^cap_[0-9a-z]{20}$/;
const ACTION_ID = /^act_[0-9a-z]{20}$/;
const CAPTURE_ID_IN_TEXT = /\bcap_[0-9a-z]{20}\b/;
const ACTION_ID_IN_TEXT = /\bact_[0-9a-z]{20}\b/;

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

interface SplitText<Id> {
  before: string;
  id: Id;
  after: string;
}

/** The first capture that a sentence names, with what stands before and after it. */
export function splitAtCapture(text: string): SplitText<CaptureId> | undefined {
  return splitAt<CaptureId>(text, CAPTURE_ID_IN_TEXT);
}

/** The first action that a sentence names. */
export function splitAtAction(text: string): SplitText<ActionId> | undefined {
  return splitAt<ActionId>(text, ACTION_ID_IN_TEXT);
}

function splitAt<Id extends string>(text: string, pattern: RegExp): SplitText<Id> | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [id] = found;
  return { before: text.slice(0, found.index), id: id as Id, after: text.slice(found.index + id.length) };
}
