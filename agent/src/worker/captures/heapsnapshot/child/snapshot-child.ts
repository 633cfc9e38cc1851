import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readHostMemory } from '../host-memory.ts';
import type { SnapshotAddon } from '../snapshot-addon.ts';
import { type ChildEnd, toChildEnd } from './child-end.ts';
import { type ChildUsage, readChildUsage } from './child-usage.ts';

const lookEveryMs = 500;
/** A child that sleeps for so long, and is not waiting for its reader, waits for something that will not come. */
const hungAfterMs = 5_000;
/** It lives so many times as long as it may work: it holds memory meanwhile. */
const mostPatience = 15;
const reapEveryMs = 10;
/** For a process of some gigabytes to be taken down. */
const reapLimitMs = 15_000;

export interface ChildCost {
  /** Beside what it has in common with the process. */
  memoryBytes: number;
  cpuMs: number;
}

export interface ChildOrder {
  addon: SnapshotAddon;
  ticket: number;
  pid: number;
  /** It is killed when it has taken more processor time: where the service needs it all, a child has to wait for it. */
  cpuLimitMs: number;
  /** It is killed when container or machine have less left: before the kernel has to choose whom it kills. */
  leastLeftBytes: number;
  /** Called twice a second. */
  spent(cost: ChildCost): void;
}

/** A child of the process that writes a snapshot: read, watched, and gone without a trace once it is disposed of. */
export class SnapshotChild implements Disposable {
  readonly #order: ChildOrder;
  readonly #output: AsyncIterator<Uint8Array>;
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  readonly #startedMs = performance.now();
  readonly #sharedBytes: number;
  #waitingSinceMs: number | undefined;
  #cpuMs = 0;
  #idleSinceMs = this.#startedMs;
  #peakBytes = 0;
  /** It was killed by us. */
  #killedBecause: ChildEnd | undefined;
  #isOver = false;

  constructor(order: ChildOrder) {
    this.#order = order;
    this.#sharedBytes = readChildUsage(order.pid)?.anonymousBytes ?? 0;
    // Read by the event loop and not by its pool of threads, which is the service's too.
    const fd = order.addon.takeOutput(order.ticket);
    this.#socket = new Socket({ fd, readable: true, writable: false });
    this.#output = this.#socket[Symbol.asyncIterator]();
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  /** The most that it has had in memory, beside what it has in common with the process. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** The next bytes of the snapshot; undefined at their end, which says nothing of whether they are all. */
  async read(): Promise<Uint8Array | undefined> {
    this.#waitingSinceMs = performance.now();
    try {
      const { value, done } = await this.#output.next();
      return done ? undefined : value;
    } catch {
      // The descriptor was closed under it: how it ended tells more.
      return undefined;
    } finally {
      this.#waitingSinceMs = undefined;
    }
  }

  /** Waits until it is gone. */
  async end(): Promise<ChildEnd> {
    const status = await this.#reap();
    if (this.#killedBecause) return this.#killedBecause;
    return status === -1 ? { how: 'failed', detail: 'did not end when it was done' } : toChildEnd(status);
  }

  /** Kills it if it lives. */
  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    this.#socket.destroy();
    this.#order.addon.closeTicket(this.#order.ticket);
    void this.#reap();
  }

  /** The wait status; -1 when it does not end in time. What is left then the addon reaps at its next chance. */
  async #reap(): Promise<number> {
    const { addon, ticket } = this.#order;
    for (let waitedMs = 0; waitedMs < reapLimitMs; waitedMs += reapEveryMs) {
      const status = addon.reap(ticket);
      if (status !== -1) return status;
      await sleep(reapEveryMs, undefined, { ref: false });
    }
    return -1;
  }

  #look(): void {
    const usage = readChildUsage(this.#order.pid);
    if (!usage) return;
    const memoryBytes = Math.max(0, usage.anonymousBytes - this.#sharedBytes);
    this.#peakBytes = Math.max(this.#peakBytes, memoryBytes);
    this.#order.spent({ memoryBytes, cpuMs: usage.cpuMs });
    const { availableBytes } = readHostMemory();
    if (availableBytes < this.#order.leastLeftBytes) {
      this.#kill({ how: 'short-of-memory', leftBytes: availableBytes });
    }
    this.#judgeProgress(usage);
  }

  #judgeProgress(usage: ChildUsage): void {
    const nowMs = performance.now();
    const waitsForReader = this.#waitingSinceMs === undefined;
    const isAsleep = usage.state === 'S' || usage.state === 'T' || usage.state === 't';
    if (!isAsleep || waitsForReader || usage.cpuMs > this.#cpuMs) this.#idleSinceMs = nowMs;
    this.#cpuMs = usage.cpuMs;
    if (nowMs - this.#idleSinceMs > hungAfterMs) {
      this.#kill({ how: 'failed', detail: `did nothing for ${hungAfterMs / 1000} s` });
    } else if (usage.cpuMs > this.#order.cpuLimitMs) {
      this.#kill({
        how: 'failed',
        detail: `was not done after ${Math.round(usage.cpuMs / 1000)} s of processor time`,
      });
    } else if (nowMs - this.#startedMs > this.#order.cpuLimitMs * mostPatience) {
      const minutes = Math.round((nowMs - this.#startedMs) / 60_000);
      this.#kill({ how: 'failed', detail: `got too little processor time in ${minutes} minutes` });
    }
  }

  #kill(because: ChildEnd): void {
    this.#killedBecause ??= because;
    this.#order.addon.kill(this.#order.ticket);
  }
}
