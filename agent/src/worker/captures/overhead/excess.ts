import type { Budget } from './budget.ts';
import type { PauseTally } from './pause-tally.ts';

/** One moment says nothing on a machine that is busy with other things. */
const evidenceMs = 3_000;
const fewestPauses = 3;

/** From when on a pause is beyond the budget. */
export function pauseLimitMs({ limits }: Budget, usualMs = 0): number {
  return usualMs + limits.pauseMs;
}

/**
 * Why the pauses of a thread that did answer at the start are too long, or undefined. What the request asks for holds for
 * every pause. Of itself the agent does not end the recording of a stall, which may be just what is looked for: it takes
 * several, in a thread that is known to have none.
 */
export function pauseExcess(
  budget: Budget,
  tally: PauseTally,
  usualMs: number | undefined,
): string | undefined {
  const isAsked = budget.asked.has('pauseMs');
  if (!isAsked && usualMs === undefined) return undefined;
  if (tally.longCount < (isAsked ? 1 : fewestPauses)) return undefined;
  const own = usualMs === undefined ? '' : ` beyond the ${inMs(usualMs)} that it had before`;
  const often = tally.longCount > 1 ? ` ${tally.longCount} times,` : '';
  return `The thread did not answer${often} for ${inMs(tally.longestMs ?? 0)} at worst; the budget is ${inMs(budget.limits.pauseMs)}${own}.`;
}

/** Tells an average over the last seconds from a moment. */
export class CpuEvidence {
  #readings: { atMs: number; cpuMs: number }[] = [];

  /** @param cpuMs what the recorder has taken since its start */
  take(budget: Budget, atMs: number, cpuMs: number): string | undefined {
    this.#readings.push({ atMs, cpuMs });
    const old = this.#readings.findLast((reading) => atMs - reading.atMs >= evidenceMs);
    if (!old) return undefined;
    this.#readings = this.#readings.slice(this.#readings.indexOf(old));
    const elapsedMs = atMs - old.atMs;
    const cores = (cpuMs - old.cpuMs) / elapsedMs;
    if (cores <= budget.limits.cpuCores) return undefined;
    return `The recorder took ${round(cores)} cores for ${Math.round(elapsedMs / 1000)} s; its budget is ${round(budget.limits.cpuCores)}.`;
  }
}

/** Tells a share that stays too large from one that is too large for a moment. */
export class ShareEvidence {
  #overSinceMs: number | undefined;

  take(budget: Budget, atMs: number, share: number): string | undefined {
    if (share <= budget.limits.threadShare) this.#overSinceMs = undefined;
    else this.#overSinceMs ??= atMs;
    if (this.#overSinceMs === undefined || atMs - this.#overSinceMs < evidenceMs) return undefined;
    return `The recorder took ${inPercent(share)} of the thread's own time; its budget is ${inPercent(budget.limits.threadShare)}.`;
  }
}

export function memoryExcess({ limits }: Budget, grownBytes: number, whose: string): string | undefined {
  if (grownBytes <= limits.memoryBytes) return undefined;
  return `${whose} ${inMb(grownBytes)}; the capture's budget is ${Math.floor(limits.memoryBytes / 1e6)} MB.`;
}

function inMs(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1000)} s`;
}

function inPercent(share: number): string {
  return `${round(share * 100)} %`;
}

function inMb(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(2)));
}
