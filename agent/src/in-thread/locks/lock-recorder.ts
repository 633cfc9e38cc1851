import type { AnyFunction } from '../stacks/call-sites.ts';
import { emptyStack, type StackId, type StackPart, StackTable } from '../stacks/stack-table.ts';
import type { Lock, LockFacts } from './lock.ts';
import type { LockTurn } from './lock-turn.ts';
import { WaitingLine } from './waiting-line.ts';

/** In place of the stack of a turn. */
export const untoldStack = {
  /** It was asked for before the recording. */
  before: -1,
  /** Nobody was seen to have it. */
  unknown: -2,
  /** Taking it would have cost too much of the thread's time. */
  spared: -3,
  /** There were too many different ones. */
  further: -4,
} as const;

export type WaitOutcome = 'acquired' | 'gave up' | 'waiting';

/** Those who waited in the same place for the same lock behind the same holder. */
export interface WaitRow {
  lock: number;
  stack: StackId;
  /** Where whoever held it had asked for it: the last one to give it back, or the one who still has it. */
  holder: StackId;
  outcome: WaitOutcome;
  contentions: number;
  delayNanos: number;
  longestNanos: number;
}

/** Those who asked for the same lock in the same place and had it. */
export interface HoldRow {
  lock: number;
  stack: StackId;
  holds: number;
  /** How many of them were not given back before the recording's end. */
  stillHeld: number;
  heldNanos: number;
  longestNanos: number;
  /** How many waits ended when one of these gave it back. */
  blocked: number;
  /** The waiting of all, whoever ended it, that went by while one of these had it. */
  blockingNanos: number;
}

export interface RecordedLock extends LockFacts {
  /** Where it was first asked for, to tell locks of libraries apart. */
  firstStack: StackId;
}

/** What was recorded, as plain data. */
export interface LockTable {
  startedAtMs: number;
  recordedMs: number;
  locks: RecordedLock[];
  waits: WaitRow[];
  holds: HoldRow[];
  stacks: StackPart;
  /** Acquisitions whose stack was not taken, to spare the thread. */
  spared: number;
  /** Time of the thread that the recorder took, as far as it has looked. */
  spentMs: number;
}

interface Recorded {
  number: number;
  line: WaitingLine;
}

const stackLimits = { depth: 30, frames: 4_000, stacks: 12_000 };
const mostRows = 4_000;
const mostLocks = 500;
/** Part of the thread's time that may go into taking stacks, and what may go into them at once. */
const stackShare = 0.05;
const stackAllowanceMs = 50;
/** One that took longer was interrupted: by another process, or by a garbage collection. */
const mostStackMs = 2;
/** What an event costs besides its stack, for the reckoning: looking at the clock would cost more. */
const eventMs = 0.0008;

/** Counts what happens to the locks of a thread during one capture. All times are clipped to it. */
export class LockRecorder {
  readonly number: number;
  readonly #stacks = new StackTable(stackLimits);
  readonly #startedMs = performance.now();
  readonly #startedAtMs = Date.now();
  readonly #locks = new Map<Lock, Recorded>();
  readonly #facts: RecordedLock[] = [];
  readonly #waits = new Map<string, WaitRow>();
  readonly #holds = new Map<string, HoldRow>();
  #spared = 0;
  #stackMs = 0;
  #events = 0;

  /** @param number other than that of any recording before */
  constructor(number: number) {
    this.number = number;
  }

  /** Part of the thread's time since the start. */
  get threadShare(): number {
    return this.#spentMs / Math.max(1, performance.now() - this.#startedMs);
  }

  get #spentMs(): number {
    return this.#stackMs + this.#events * eventMs;
  }

  nowMs(): number {
    return performance.now();
  }

  asked(turn: LockTurn, below: AnyFunction): void {
    const nowMs = performance.now();
    turn.sinceMs = nowMs;
    turn.recording = this.number;
    turn.stack = this.#takeStack(turn, below, nowMs);
    this.#events += 1;
    const recorded = this.#recordedOf(turn.lock, turn.stack);
    if (turn.isContended) recorded.line.join(nowMs);
  }

  waited(turn: LockTurn, outcome: WaitOutcome, holder: LockTurn | undefined): void {
    this.#events += 1;
    const nowMs = performance.now();
    const { number, line } = this.#recordedOf(turn.lock);
    const sinceMs = Math.max(turn.sinceMs, this.#startedMs);
    const holderStack = holder ? this.#stackOf(holder) : untoldStack.unknown;
    const row = this.#waitRow(number, this.#stackOf(turn), holderStack, outcome);
    row.contentions += 1;
    row.delayNanos += toNanos(nowMs - sinceMs);
    row.longestNanos = Math.max(row.longestNanos, toNanos(nowMs - sinceMs));
    const blame = this.#holdRow(number, holderStack);
    blame.blocked += 1;
    blame.blockingNanos += toNanos(line.leave(sinceMs, nowMs));
  }

  held(turn: LockTurn): HoldRow {
    return this.#countHold(turn.lock, this.#stackOf(turn), turn.sinceMs);
  }

  /** Somebody had it since before the recording, and has given it back. */
  heldBefore(lock: Lock): void {
    this.#countHold(lock, untoldStack.before, 0);
  }

  /** What there is, with those who still wait and those who still have something; nothing may be recorded afterwards. */
  finish(locks: Iterable<Lock>): LockTable {
    for (const lock of locks) {
      for (const turn of lock.held) this.held(turn).stillHeld += 1;
      for (const turn of lock.waiting) if (turn.isContended) this.waited(turn, 'waiting', lock.held.first);
    }
    return {
      startedAtMs: this.#startedAtMs,
      recordedMs: performance.now() - this.#startedMs,
      locks: this.#facts,
      waits: [...this.#waits.values()],
      holds: [...this.#holds.values()],
      stacks: this.#stacks.partFrom(0, 1, Number.POSITIVE_INFINITY),
      spared: this.#spared,
      spentMs: this.#spentMs,
    };
  }

  #takeStack(turn: LockTurn, below: AnyFunction, nowMs: number): StackId {
    if (this.#stackMs > stackAllowanceMs + (nowMs - this.#startedMs) * stackShare) {
      this.#spared += 1;
      return untoldStack.spared;
    }
    const stack = this.#stacks.capture(below);
    // Not among those that are being called: then with our own functions at the leaf.
    const taken = stack === emptyStack ? this.#stacks.capture(turn.lock.ask) : stack;
    this.#stackMs += Math.min(mostStackMs, performance.now() - nowMs);
    return taken;
  }

  #countHold(lock: Lock, stack: StackId, sinceMs: number): HoldRow {
    this.#events += 1;
    const nowMs = performance.now();
    const { number, line } = this.#recordedOf(lock);
    const row = this.#holdRow(number, stack);
    const nanos = toNanos(nowMs - Math.max(sinceMs, this.#startedMs));
    row.holds += 1;
    row.heldNanos += nanos;
    row.longestNanos = Math.max(row.longestNanos, nanos);
    row.blockingNanos += toNanos(line.charge(nowMs));
    return row;
  }

  #waitRow(lock: number, stack: StackId, holder: StackId, outcome: WaitOutcome): WaitRow {
    const key = `${lock} ${stack} ${holder} ${outcome}`;
    const row = this.#waits.get(key);
    if (row) return row;
    const { further } = untoldStack;
    const isFurther = stack === further && holder === further;
    if (this.#waits.size >= mostRows && !isFurther) return this.#waitRow(lock, further, further, outcome);
    const fresh = { lock, stack, holder, outcome, contentions: 0, delayNanos: 0, longestNanos: 0 };
    this.#waits.set(key, fresh);
    return fresh;
  }

  #holdRow(lock: number, stack: StackId): HoldRow {
    const key = `${lock} ${stack}`;
    const row = this.#holds.get(key);
    if (row) return row;
    const { further } = untoldStack;
    if (this.#holds.size >= mostRows && stack !== further) return this.#holdRow(lock, further);
    const none = { holds: 0, stillHeld: 0, heldNanos: 0, longestNanos: 0, blocked: 0, blockingNanos: 0 };
    const fresh = { lock, stack, ...none };
    this.#holds.set(key, fresh);
    return fresh;
  }

  #recordedOf(lock: Lock, stack: StackId = untoldStack.before): Recorded {
    const known = this.#locks.get(lock);
    if (known) return known;
    const recorded = { number: this.#numberFor(lock, stack), line: this.#lineOf(lock) };
    this.#locks.set(lock, recorded);
    return recorded;
  }

  /** The last of the numbers is that of all locks beyond those that are told apart. */
  #numberFor(lock: Lock, firstStack: StackId): number {
    if (this.#facts.length < mostLocks) return this.#facts.push({ ...lock.facts, firstStack }) - 1;
    const further = { name: 'further locks', kind: 'lock', library: '', capacity: 0 } as const;
    if (this.#facts.length === mostLocks) this.#facts.push({ ...further, firstStack: untoldStack.further });
    return mostLocks;
  }

  /** With those who waited before the recording. */
  #lineOf(lock: Lock): WaitingLine {
    let waiters = 0;
    for (const turn of lock.waiting) if (turn.isContended && turn.recording !== this.number) waiters += 1;
    return new WaitingLine(waiters, this.#startedMs);
  }

  #stackOf(turn: LockTurn): StackId {
    return turn.recording === this.number ? turn.stack : untoldStack.before;
  }
}

const toNanos = (ms: number) => Math.round(ms * 1e6);
