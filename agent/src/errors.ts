/**
 * Every word by which the agent tells a program what went wrong. Each is described in docs/errors.md.
 *
 * A gRPC error carries it in the trailing metadata `opscenter-error`, a failed capture in `CaptureFailed.code`,
 * a refused agent in `AgentState.code`.
 */
export const agentErrorCodes = [
  // Calls
  'invalid-request',
  'unknown-capture',
  'unknown-thread',
  'kind-unavailable',
  'capture-in-progress',
  'too-many-captures',
  'too-many-readers',
  'artifact-not-ready',
  'unknown-resource',
  'unknown-action',
  'unknown-run',
  'run-forgotten',
  'too-many-runs',
  'too-many-targets',
  'main-thread-stuck',
  'service-overdue',
  'action-refused',
  'preview-failed',
  'preview-outgrown',
  'action-in-progress',
  'idempotency-key-reused',
  'epoch-superseded',
  // Captures that ended without an artifact
  'nothing-recorded',
  'capture-discarded',
  'lease-expired',
  'thread-ended',
  'over-budget',
  'recorder-failed',
  'not-enough-memory',
  'snapshot-child-killed',
  'snapshot-child-failed',
  'disk-full',
  'artifact-unwritable',
  'artifact-too-large',
  'artifact-released',
  'agent-stopping',
  // Why an agent is refused
  'invalid-options',
  'unsafe-bind',
  'unsafe-server',
  'no-token',
  'token-refused',
  'refused-by-server',
  'cannot-listen',
  'unsupported-runtime',
] as const;

export type AgentErrorCode = (typeof agentErrorCodes)[number];

/** Something that went wrong in the agent, with a word for programs and a sentence for people. */
export class AgentError extends Error {
  readonly code: AgentErrorCode;

  constructor(code: AgentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A request that can never succeed as it is. */
export class InvalidRequest extends AgentError {
  constructor(message: string) {
    super('invalid-request', message);
  }
}

/** No capture has this id, or it was let go. */
export class UnknownCapture extends AgentError {
  constructor(captureId: string) {
    super('unknown-capture', `This agent holds no capture ${captureId}.`);
  }
}

/** The process has no such thread, or no longer. */
export class UnknownThread extends AgentError {
  constructor(threadId: string) {
    super('unknown-thread', `This process has no thread ${threadId}.`);
  }
}

/** This agent cannot record this kind here. */
export class KindUnavailable extends AgentError {
  constructor(reason: string) {
    super('kind-unavailable', reason);
  }
}

/** One capture per kind and thread. */
export class CaptureInProgress extends AgentError {
  readonly runningCaptureId: string;

  constructor(kind: string, threadId: string, runningCaptureId: string) {
    super('capture-in-progress', `A ${kind} capture of thread ${threadId} is already running.`);
    this.runningCaptureId = runningCaptureId;
  }
}

/** The agent holds as many captures, or as many bytes, as it may. */
export class TooManyCaptures extends AgentError {
  constructor(message: string) {
    super('too-many-captures', message);
  }
}

/** As many streams follow or read the capture as may. */
export class TooManyReaders extends AgentError {
  constructor(captureId: string, most: number) {
    super('too-many-readers', `Capture ${captureId} has ${most} readers already.`);
  }
}

/** The capture has no artifact yet. */
export class ArtifactNotReady extends AgentError {
  constructor(captureId: string) {
    super('artifact-not-ready', `Capture ${captureId} is still being recorded; stop it first.`);
  }
}

/** A capture that ended without an artifact, for the reason that `code` names. */
export class CaptureFailure extends AgentError {}

/** The agent may not or cannot run as it is set up. */
export class AgentRefused extends AgentError {}

/** No run has this key. */
export class UnknownRun extends AgentError {
  constructor(key: string) {
    super('unknown-run', `This agent has begun no run with the key ${key}.`);
  }
}

/** The service's main thread does not answer, so what lives there can neither be looked at nor acted on. */
export class MainThreadStuck extends AgentError {
  /** @param subject what lives on the thread, to begin a sentence with */
  constructor(silentForMs: number, subject: string) {
    const seconds = silentForMs < 10_000 ? (silentForMs / 1000).toFixed(1) : Math.round(silentForMs / 1000);
    super(
      'main-thread-stuck',
      `The service's main thread has not answered for ${seconds} s. ${subject} lives on that thread, so nothing can ` +
        'be read or done there, and nothing was. Record a CPU profile to see what it is stuck in; if it does not ' +
        'come back, restart the instance.',
    );
  }
}
