import { performance } from 'node:perf_hooks';
import { lockWatch } from '../locks/lock-watch.ts';
import type { AnyFunction } from '../stacks/call-sites.ts';
import { emptyStack, type StackId, StackTable } from '../stacks/stack-table.ts';
import { type OpenWait, type WaitListener, type WaitType, waitSink } from '../waits/wait-sink.ts';
import { AnswerFollower } from './answer-follower.ts';
import { ChannelFollower } from './channel-follower.ts';
import { givenTimeMs } from './given-time.ts';
import { HookClock } from './hook-clock.ts';
import { ResourceFollower } from './resource-follower.ts';
import { SamplingRate } from './sampling-rate.ts';
import { WaitSums } from './wait-sums.ts';

const mostOpen = 50_000;

/** A wait that goes on. It stands for so many as its weight says. */
export interface FollowedWait extends OpenWait {
  readonly stack: StackId;
  readonly subject: number;
  readonly sinceMs: number;
  readonly weight: number;
  /** It has turned out to be none: whoever would have waited no longer does. */
  forget(): void;
}

/** Waits alike that go on. */
export interface PendingGroup {
  stack: StackId;
  subject: number;
  count: number;
  oldestMs: number;
  /** The highest of theirs: the count is exact when it is 1. */
  weight: number;
}

/** What has to be known of a wait besides where it begins. */
export interface WaitBeginning {
  type: WaitType;
  resource: string;
  /** The function that was called by Node or the service: what is above it on the stack is ours. */
  below: AnyFunction;
  /** The stack of whatever began this, for when Node alone is on the stack. */
  orElse?: StackId | undefined;
  /** Without code of the service on its stack it is Node's own business. */
  servicesOnly?: boolean;
  weight: number;
}

/** Follows what this thread waits for, from now until it is disposed of. */
export class WaitRecorder implements WaitListener, Disposable {
  readonly stacks = new StackTable();
  readonly sums = new WaitSums();
  readonly clock = new HookClock();
  readonly rate: SamplingRate;
  readonly sinceMs = performance.now();
  readonly #open = new Set<FollowedWait>();
  readonly #followers: Disposable[] = [];
  readonly #resources: ResourceFollower;
  #followed = 0;
  #dropped = 0;
  #isOver = false;

  /**
   * @param name of who records
   * @param sampleEvery 0 to have the rate follow the load
   */
  constructor(name: string, sampleEvery: number) {
    this.rate = new SamplingRate(sampleEvery, this.sinceMs, givenTimeMs);
    this.#resources = new ResourceFollower(this);
    try {
      // One by one: those that are there already are let go when the next one fails.
      this.#followers.push(waitSink.listen(this));
      this.#followers.push(followLibraries(name));
      this.#followers.push(new ChannelFollower(this));
      this.#followers.push(new AnswerFollower(this, this.#resources));
      this.#resources.start();
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** How many were followed. */
  get followed(): number {
    return this.#followed;
  }

  /** How many were not, although it was their turn: too many were open, or their beginning could not be looked at. */
  get dropped(): number {
    return this.#dropped;
  }

  begin(type: WaitType, resource: string, below: AnyFunction, orElse?: StackId): FollowedWait | undefined {
    const weight = this.rate.take();
    return weight === 0 ? undefined : this.open({ type, resource, below, weight, orElse });
  }

  /** As `begin`, for whoever has asked the rate already. Never throws: it is called in the middle of Node. */
  open({ type, resource, below, orElse, servicesOnly, weight }: WaitBeginning): FollowedWait | undefined {
    if (this.#isOver) return undefined;
    const sinceMs = performance.now();
    try {
      if (this.#open.size >= mostOpen) throw new RangeError('too many are open');
      const stack = this.stacks.capture(below, orElse ?? emptyStack);
      if (servicesOnly && !this.stacks.isOfService(stack)) return undefined;
      return this.#follow(stack, this.sums.subjectOf(type, resource), sinceMs, weight);
    } catch {
      this.#dropped += weight;
      return undefined;
    } finally {
      const nowMs = performance.now();
      this.clock.add(nowMs - sinceMs);
      this.rate.spent(nowMs - sinceMs, nowMs);
    }
  }

  /** The stack below the function, which is on it. Never throws: it is called in the middle of the service. */
  look(below: AnyFunction): StackId {
    const sinceMs = performance.now();
    try {
      return this.stacks.capture(below);
    } catch {
      return emptyStack;
    } finally {
      this.clock.add(performance.now() - sinceMs);
    }
  }

  /** Those that go on, by where they began. */
  pending(): PendingGroup[] {
    this.#resources.sweep();
    const nowMs = performance.now();
    const groups = new Map<string, PendingGroup>();
    for (const { stack, subject, sinceMs, weight } of this.#open) {
      const key = `${stack} ${subject}`;
      const group = groups.get(key) ?? { stack, subject, count: 0, oldestMs: 0, weight: 1 };
      group.count += weight;
      group.oldestMs = Math.max(group.oldestMs, nowMs - sinceMs);
      group.weight = Math.max(group.weight, weight);
      groups.set(key, group);
    }
    return [...groups.values()];
  }

  /** Lets go of operations that will never call back. */
  sweep(): void {
    this.#resources.sweep();
  }

  /** Nothing is followed any more; those that go on are summed up with the time that they have waited. */
  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const follower of this.#followers) follower[Symbol.dispose]();
    this.#resources[Symbol.dispose]();
    const nowMs = performance.now();
    for (const { stack, subject, sinceMs, weight } of this.#open) {
      this.sums.add(stack, this.sums.pendingOf(subject), weight, (nowMs - sinceMs) * weight);
    }
    this.#open.clear();
  }

  #follow(stack: StackId, subject: number, sinceMs: number, weight: number): FollowedWait {
    this.#followed += 1;
    const wait: FollowedWait = {
      stack,
      subject,
      sinceMs,
      weight,
      end: () => {
        if (!this.#open.delete(wait)) return;
        this.sums.add(stack, subject, weight, (performance.now() - sinceMs) * weight);
      },
      forget: () => void this.#open.delete(wait),
    };
    this.#open.add(wait);
    return wait;
  }
}

/** Has the locks of libraries tell of those who wait for them. */
function followLibraries(name: string): Disposable {
  lockWatch.libraries.follow(name);
  return { [Symbol.dispose]: () => lockWatch.libraries.leave(name) };
}
