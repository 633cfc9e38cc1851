/**
 * How far what is shown can be trusted. The server sends vitals every second, so that silence of a few seconds is
 * news by itself.
 */
export type Freshness =
  | { state: 'connecting' }
  | { state: 'live'; lastHeardMs: number }
  | { state: 'stale'; lastHeardMs: number }
  | { state: 'unreachable' };

/** Silence after which data is shown as old (STYLE.md: data older than 5 s says so). */
export const STALE_AFTER_MS = 5000;
/** How long the first answer may take before it is said that there is none. */
const FIRST_ANSWER_MS = 4000;

/** Epoch milliseconds of the browser's clock throughout. */
export function freshnessAt(nowMs: number, startedMs: number, lastHeardMs: number | null): Freshness {
  if (lastHeardMs === null)
    return nowMs - startedMs > FIRST_ANSWER_MS ? { state: 'unreachable' } : { state: 'connecting' };
  return { state: nowMs - lastHeardMs > STALE_AFTER_MS ? 'stale' : 'live', lastHeardMs };
}
