/** Why a capture has ended as failed: becomes its state. `code` is listed in docs/errors.md. */
export class CaptureFailure extends Error {
  /** One of ours below, or the agent's own word. */
  readonly code: string;

  constructor(code: CaptureFailureCode | AgentCode, message: string) {
    super(message);
    this.name = 'CaptureFailure';
    this.code = code;
  }
}

export const CAPTURE_FAILURE_CODES = [
  // The agent refused or reported a failure; the message is its own.
  'agent-refused',
  'agent-failed',
  // The agent does not keep to the contract; the message names what was wrong.
  'agent-protocol',
  // The agent lets a phase run past every limit.
  'agent-overdue',
  // The process has ended, or did not come back in time.
  'instance-ended',
  'instance-lost',
  // The agent came back without the capture.
  'capture-lost',
  // The bytes are not those that were announced.
  'artifact-mismatch',
  'artifact-too-large',
  // They could not be kept.
  'storage-full',
  'storage-failed',
] as const;
export type CaptureFailureCode = (typeof CAPTURE_FAILURE_CODES)[number];

/** A word from `CaptureFailed.code`, shown as it came. */
export type AgentCode = string & { readonly agentCode: unique symbol };

export function toAgentCode(code: string): AgentCode | 'agent-failed' {
  return /^[a-z][a-z0-9-]{0,63}$/.test(code) ? (code as AgentCode) : 'agent-failed';
}

/** The stream ended for a reason that may pass: the capture is interrupted, and resumed. */
export class StreamBroken extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'StreamBroken';
  }
}

export function protocolFailure(what: string): CaptureFailure {
  return new CaptureFailure('agent-protocol', `The agent does not keep to the contract: ${what}.`);
}
