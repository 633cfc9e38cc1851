/** One thing that an action is about. */
export interface ActionTarget {
  /** Stable for as long as the thing lives: 1 to 128 characters. */
  id: string;
  name: string;
  /** Why this one: the proof, in a sentence of up to 500 characters. */
  reason: string;
  /** How many players will notice; 0 when left out. */
  players?: number | undefined;
  /**
   * `touched` when left out. `kept` is told so that people can see that it is left alone. `awaited`: its own end is waited
   * for, and more of these may come between preview and run; a touched one that nobody has confirmed stops the run.
   */
  effect?: 'touched' | 'kept' | 'awaited' | undefined;
}

/** What an action would do, if it were run now. */
export interface ActionPreview {
  /** At most 1000. */
  targets: readonly ActionTarget[];
  /** Distinct players over all touched targets that will notice something. */
  playersAffected: number;
  /** Those of them that will lose their connection to the platform. */
  playersDisconnected: number;
  /** What cannot be undone, in a sentence. */
  irreversible: string;
  /** How long it is expected to take; left out when that is not known. */
  estimatedMs?: number | undefined;
}

/** What a running action is told, and how it tells of itself. Nothing here throws, and after the end nothing is heard. */
export interface ActionRun {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The ids of the touched targets that a person has confirmed. Nothing else may be touched. */
  readonly confirmed: ReadonlySet<string>;
  /** Aborted when the action is cancelled: take back what was begun and end as `cancelled`. */
  readonly signal: AbortSignal;
  /** Another phase is reached. @param phase one word @param message a sentence */
  step(phase: string, message: string): void;
  /** What became of one target; `kept` when it was gone already or has become well. */
  outcome(targetId: string, outcome: 'done' | 'kept' | 'failed', message: string): void;
  /** What is still waited for; replaces what was said before. */
  waitingFor(targets: readonly ActionTarget[], remainingMs?: number): void;
}

/** What an action has done. */
export interface ActionResult {
  /** `partial`: some targets were done and some failed, or a check did not pass. */
  state: 'succeeded' | 'partial' | 'failed' | 'cancelled';
  /** A sentence for people. */
  message: string;
  /** What really happened, to be held against the preview. */
  playersAffected: number;
  playersDisconnected: number;
  /** How it was made sure. */
  checks: readonly { name: string; passed: boolean; detail: string }[];
}

/** An action that the service allows to be run from outside. Nothing else can be run. Both functions run on the main thread. */
export interface Action {
  /** Such as "pool.flush": 1 to 64 of [a-z0-9.-]. */
  type: string;
  /** Up to 128 characters. */
  title: string;
  /** What it does and what cannot be undone, in sentences. */
  description: string;
  /** A JSON Schema (2020-12) of type object for the parameters; `preview` checks them, the agent does not. */
  parametersSchema: Readonly<Record<string, unknown>>;
  /**
   * What it would do, within 4 s. Changes nothing. Also asked right before `run`, so that nothing is touched that was
   * not confirmed.
   *
   * @throws {ActionRefused} when it cannot be done, and why
   */
  preview(parameters: Readonly<Record<string, unknown>>): ActionPreview | Promise<ActionPreview>;
  /**
   * Does it. May take as long as it needs.
   *
   * @throws {ActionRefused} when nothing was done, and why
   */
  run(run: ActionRun): Promise<ActionResult>;
}

const refusal = Symbol.for('opscenter.action-refused');

/** Thrown by `preview` or `run`: the service says no, in a sentence for people. */
export class ActionRefused extends Error {
  /** Also recognised across copies of this package. */
  readonly [refusal] = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ActionRefused';
  }
}

export function isActionRefused(error: unknown): error is ActionRefused {
  try {
    return typeof error === 'object' && error !== null && refusal in error;
  } catch {
    return false;
  }
}
