import { pbkdf2Sync } from 'node:crypto';

/** Never returns: only the end of the process ends it. Its name is what a CPU capture must show on top. */
export function spinUntilRestarted(): never {
  let rounds = 0;
  while (true) {
    rounds = (rounds + 1) | 0;
    if (rounds === -1) rounds = Math.imul(rounds, 3);
  }
}

const PROBE_ITERATIONS = 20_000;

/** Holds the main thread in one native call that nothing can interrupt, for about so many seconds. */
export function stayInNativeCall(seconds: number): void {
  const startedAt = performance.now();
  deriveKey(PROBE_ITERATIONS);
  const probeMs = performance.now() - startedAt;
  deriveKey(Math.max(1, Math.round((PROBE_ITERATIONS * seconds * 1000) / probeMs)));
}

function deriveKey(iterations: number): void {
  pbkdf2Sync('native', 'call', Math.min(iterations, 2 ** 31 - 1), 32, 'sha512');
}
