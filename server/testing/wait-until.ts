import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `probe` answers something, and answers that.
 *
 * @throws when it has not within the time, which is generous: tests run on loaded machines.
 */
export async function waitUntil<T>(
  what: string,
  probe: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await delay(10);
  }
}
