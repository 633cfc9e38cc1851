/** What time it is. Injected, so that tests own it; timers are always real. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** ISO 8601 in UTC with milliseconds, as the HTTP contract wants it. */
export function toInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
