import { cpus } from 'node:os';
import { readCpuMillis } from './process-figures.ts';

/** What a span of time looked like on this machine. */
export interface Reading {
  busyMs: number;
  ownMs: number;
  atMs: number;
}

/**
 * How much of the machine others took. A measurement on a machine that is never quiet keeps the spans in which they
 * took least: a choice that does not look at the result.
 */
export class ForeignLoad {
  readonly #pids: readonly number[];

  /** @param pids the bench's own processes, this one included. */
  constructor(pids: readonly number[]) {
    this.#pids = pids;
  }

  read(): Reading {
    return {
      busyMs: cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0),
      ownMs: this.#pids.reduce((sum, pid) => sum + readCpuMillis(pid), 0),
      atMs: performance.now(),
    };
  }

  /** Cores used by others since the reading. */
  coresSince(before: Reading): number {
    const now = this.read();
    const foreignMs = now.busyMs - before.busyMs - (now.ownMs - before.ownMs);
    return foreignMs / (now.atMs - before.atMs);
  }
}

/** The half with the least foreign load. */
export function quieterHalf<Item extends { foreignCores: number }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => a.foreignCores - b.foreignCores).slice(0, Math.ceil(items.length / 2));
}
