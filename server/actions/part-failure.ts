/** Words for why an action has failed on an instance: nothing was done there, or it is known what. docs/errors.md. */
export const ACTION_FAILURE_CODES = [
  // The instance refused or reported a failure; the message is its own.
  'agent-refused',
  'agent-failed',
  // It ended, or could not be reached, before it was asked.
  'instance-ended',
  'instance-lost',
  // The instance lives and does not know of the run, so the request has never reached it.
  'run-not-begun',
] as const;
export type ActionFailureCode = (typeof ACTION_FAILURE_CODES)[number];

/** The agent's own word, shown as it came. */
export type AgentWord = string & { readonly agentWord: unique symbol };

/** The action has failed on the instance, and nothing was done there. */
export class PartFailed extends Error {
  readonly code: ActionFailureCode | AgentWord;

  constructor(code: ActionFailureCode | AgentWord, message: string) {
    super(message);
    this.name = 'PartFailed';
    this.code = code;
  }
}

/** Something may have been done and it cannot be found out what. The message says what to do. */
export class PartLost extends Error {
  constructor(what: string) {
    super(`${what} ${WHAT_TO_DO}`);
    this.name = 'PartLost';
  }
}

const WHAT_TO_DO =
  'Whether it was done is not known. Preview the action again: the preview shows what is left to do.';

/** It was cancelled before the instance was asked. */
export class NeverAsked extends Error {}

/** The stream ended for a reason that may pass: the run is followed again. */
export class StreamBroken extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'StreamBroken';
  }
}
