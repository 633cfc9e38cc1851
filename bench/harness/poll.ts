import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/** Looks again and again until there is something. @throws {Error} naming what was waited for. */
export async function poll<Found>(
  look: () => Promise<Found | undefined>,
  what: string,
  patienceMs = 60_000,
): Promise<Found> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(POLL_MS);
  }
  throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}`);
}
