import type { WaitRow } from '../../../in-thread/trace/loop-waits.ts';
import type { Phase } from './loop-spans.ts';

/** Less is within what times of loops and of the system are apart. */
const leastMicros = 5_000;

/**
 * When a thread slept outside of its event loop's own wait: in a call that returns only when something has come, such as
 * `Atomics.wait`, `spawnSync` or a read of a slow disk. Turn by turn, what the system says that the thread slept is more than what
 * libuv says that the loop waited by as much.
 *
 * @param sleeps in order of time, without overlaps
 */
export function toBlockedSpans(
  { beganMicros, endedMicros }: Phase,
  rows: readonly WaitRow[],
  sleeps: readonly Phase[],
): Phase[] {
  const blocked: Phase[] = [];
  let next = 0;
  let at = beganMicros;
  const collect = (began: number, ended: number, waiting: Phase, smallMicros: number) => {
    while (next < sleeps.length && (sleeps[next] as Phase).endedMicros <= began) next += 1;
    const within: Phase[] = [];
    for (let index = next; index < sleeps.length; index++) {
      const sleep = sleeps[index] as Phase;
      if (sleep.beganMicros >= ended) break;
      within.push(cutTo(sleep, { beganMicros: began, endedMicros: ended }));
    }
    const excess = sum(within) - (waiting.endedMicros - waiting.beganMicros) - smallMicros;
    if (excess >= leastMicros) blocked.push(...outside(within, waiting, excess));
  };
  for (const [turnBegan, turnEnded, waited, smallMicros, cameFromOutside] of rows) {
    const nothing = { beganMicros: turnBegan, endedMicros: turnBegan };
    if (turnBegan > at) collect(at, turnBegan, nothing, smallMicros);
    const from = Math.max(at, turnBegan);
    const waitBegan = Math.max(from, cameFromOutside ? turnBegan : turnEnded - waited);
    if (turnEnded > from)
      collect(
        from,
        turnEnded,
        { beganMicros: waitBegan, endedMicros: Math.min(turnEnded, waitBegan + waited) },
        0,
      );
    at = Math.max(at, turnEnded);
  }
  if (endedMicros > at) collect(at, endedMicros, { beganMicros: at, endedMicros: at }, 0);
  return blocked;
}

/** The parts of sleeps that are not in the wait, so many microseconds of them in all. */
function outside(sleeps: readonly Phase[], wait: Phase, micros: number): Phase[] {
  const parts = sleeps.flatMap((sleep) => [
    { beganMicros: sleep.beganMicros, endedMicros: Math.min(sleep.endedMicros, wait.beganMicros) },
    { beganMicros: Math.max(sleep.beganMicros, wait.endedMicros), endedMicros: sleep.endedMicros },
  ]);
  const whole = wait.endedMicros > wait.beganMicros ? parts : [...sleeps];
  let left = micros;
  const taken: Phase[] = [];
  for (const { beganMicros, endedMicros } of whole) {
    const took = Math.min(left, endedMicros - beganMicros);
    if (took <= 0) continue;
    taken.push({ beganMicros, endedMicros: beganMicros + took });
    left -= took;
  }
  return taken;
}

function cutTo(phase: Phase, { beganMicros, endedMicros }: Phase): Phase {
  return {
    beganMicros: Math.max(phase.beganMicros, beganMicros),
    endedMicros: Math.min(phase.endedMicros, endedMicros),
  };
}

function sum(phases: readonly Phase[]): number {
  return phases.reduce((total, { beganMicros, endedMicros }) => total + endedMicros - beganMicros, 0);
}
