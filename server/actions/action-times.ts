/** Every limit of patience with actions, in milliseconds. */
export interface ActionTimes {
  /** How long an instance that cannot be reached is waited for. */
  giveUpMs: number;
  /** Between two attempts to follow a run. */
  againMs: number;
  /** What an instance that was told to cancel may take to say that it did. */
  cancelMs: number;
  /** For so long after an action was asked for, an agent that does not know the run cannot have forgotten it. */
  remembersMs: number;
}

export const actionTimes: ActionTimes = {
  giveUpMs: 30_000,
  againMs: 500,
  cancelMs: 60_000,
  // Agents hold a run until ten minutes after its end.
  remembersMs: 9 * 60_000,
};

/** How often the limits are looked at. */
export const TICK_MS = 250;
/** How long a preview can be confirmed. */
export const PREVIEW_MS = 2 * 60_000;
/** What an action may take before it asks, unless its preview knows better. */
export const DEADLINE_SECONDS = { least: 60, unknown: 300, most: 24 * 3600, timesEstimate: 3 };
/** Attachments that ended without a word that was new. */
export const FRUITLESS_ATTEMPTS = 10;
