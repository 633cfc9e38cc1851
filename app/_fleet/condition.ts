import type { Instance } from '#contract';

/**
 * What is shown of an instance: while it is connected its health, else how it stands with us. The order is that of
 * urgency.
 */
export const CONDITIONS = [
  'stuck',
  'dead',
  'strained',
  'interrupted',
  'refused',
  'connecting',
  'unknown',
  'well',
  'stopped',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** How much a condition asks for: colour follows from this, shape from the condition itself. */
export type Tone = 'bad' | 'attention' | 'unknown' | 'well' | 'gone';

const TONES: Record<Condition, Tone> = {
  stuck: 'bad',
  dead: 'bad',
  strained: 'attention',
  interrupted: 'attention',
  refused: 'attention',
  connecting: 'unknown',
  unknown: 'unknown',
  well: 'well',
  stopped: 'gone',
};

export function conditionOf(instance: Pick<Instance, 'connection' | 'health'>): Condition {
  return instance.connection.state === 'connected' ? instance.health.state : instance.connection.state;
}

export function toneOf(condition: Condition): Tone {
  return TONES[condition];
}

export function urgencyOf(condition: Condition): number {
  return CONDITIONS.indexOf(condition);
}

/** Since when, in ISO 8601. */
export function conditionSince(instance: Pick<Instance, 'connection' | 'health'>): string {
  return instance.connection.state === 'connected' ? instance.health.since : instance.connection.since;
}

/** The reason that the server gave, if the condition has one. */
export function reasonOf(instance: Pick<Instance, 'connection' | 'health'>): string | null {
  const { connection, health } = instance;
  if (connection.state === 'connected') return 'reason' in health ? health.reason : null;
  return 'reason' in connection ? connection.reason : null;
}

export function isGone(condition: Condition): boolean {
  return condition === 'dead' || condition === 'stopped';
}

/** How long a death is shown beside the process that took its place: a restart is quicker than an eye. */
const SHOWN_DEAD_MS = 30_000;

/**
 * Until when, in epoch milliseconds, a process that died is shown although another one took its place. Null for what
 * lives, and for what stopped in good order: nobody has to see that.
 */
export function shownDeadUntil({ connection }: Pick<Instance, 'connection'>): number | null {
  return connection.state === 'dead' ? Date.parse(connection.since) + SHOWN_DEAD_MS : null;
}

/**
 * A process that ended and whose place another one took: a restarted process is a new instance under the same name.
 */
export function isReplaced(instance: Instance, siblings: readonly Instance[]): boolean {
  if (!isGone(conditionOf(instance))) return false;
  return siblings.some(
    (other) =>
      other.id !== instance.id && other.name === instance.name && other.startedAt > instance.startedAt,
  );
}
