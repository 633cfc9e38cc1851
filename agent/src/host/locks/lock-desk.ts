import { performance } from 'node:perf_hooks';
import type { Lock } from '../../in-thread/locks/lock.ts';
import type { LockWatch } from '../../in-thread/locks/lock-watch.ts';
import type { AnyFunction } from '../../in-thread/stacks/call-sites.ts';
import { accepted, type Registration, rejected, subscription } from '../registration.ts';
import type { Measure, Resource } from '../resources/resource.ts';
import type { ResourceRegistry } from '../resources/resource-registry.ts';
import type {
  QueueEntry,
  TrackedLock,
  TrackedLockOptions,
  TrackedPoolOptions,
  TrackedQueue,
  Turn,
} from './tracked.ts';

/** For what was not taken, or was taken back. */
const nobodysTurn: Turn = { acquired() {}, released() {}, [Symbol.dispose]() {} };
const nobodysEntry: QueueEntry = { dequeued() {}, [Symbol.dispose]() {} };

/** Registers locks, pools and queues of the service: for captures in its thread, and as resources for people. */
export class LockDesk implements Disposable {
  readonly #resources: ResourceRegistry;
  readonly #watch: () => LockWatch;
  readonly #forget = new Set<() => void>();

  constructor(resources: ResourceRegistry, watch: () => LockWatch) {
    this.#resources = resources;
    this.#watch = watch;
  }

  trackLock(options: TrackedLockOptions): TrackedLock {
    return this.#track('lock', options, 1);
  }

  trackPool(options: TrackedPoolOptions): TrackedLock {
    const capacity: unknown = options?.capacity;
    if (typeof capacity === 'number' && capacity >= 1) return this.#track('pool', options, capacity);
    return toTracked(rejected('A pool needs a capacity of 1 or more.'), undefined, () => {});
  }

  trackQueue(options: TrackedLockOptions): TrackedQueue {
    const queue = this.#watch().createQueue(nameOf(options));
    const { items } = queue;
    const read = (): Measure[] => {
      const nowMs = performance.now();
      items.stamp(nowMs);
      return [{ name: 'waiting', value: items.size }, ageOf('longest wait', items.first, nowMs)];
    };
    const registration = this.#resources.register({ ...toPlain(options), kind: 'queue', read });
    let isOpen = registration.refusedReason === undefined;
    const enqueued = (): QueueEntry => (isOpen ? queue.put(enqueued) : nobodysEntry);
    const dispose = () => {
      isOpen = false;
      registration.dispose();
    };
    return { refusedReason: registration.refusedReason, ...subscription(dispose), enqueued };
  }

  /** Has a library followed that cannot be found from outside. */
  followLocks(library: unknown): Registration {
    const { libraries } = this.#watch();
    if (!libraries.hand(library)) return rejected('No class of async-mutex, generic-pool or pg is in it.');
    const forget = () => {
      libraries.takeBack(library);
      this.#forget.delete(forget);
    };
    this.#forget.add(forget);
    return accepted(forget);
  }

  #track(kind: 'lock' | 'pool', options: TrackedLockOptions, capacity: number): TrackedLock {
    const watch = this.#watch();
    const lock = watch.createLock({ name: nameOf(options), kind, library: '', capacity });
    const read = (): Measure[] => {
      const nowMs = performance.now();
      lock.stamp(nowMs);
      return [
        { name: 'waiting', value: lock.waiting.size },
        { name: 'held', value: lock.held.size },
        ageOf('longest wait', lock.waiting.first, nowMs),
        ageOf('longest hold', lock.held.first, nowMs),
      ];
    };
    const registration = this.#resources.register({ ...toPlain(options), kind, read });
    if (registration.refusedReason !== undefined) return toTracked(registration, undefined, () => {});
    watch.register(lock);
    const forget = () => {
      watch.forget(lock);
      this.#forget.delete(forget);
    };
    this.#forget.add(forget);
    return toTracked(registration, lock, forget);
  }

  /** The agent has stopped: another one may begin in this process, and knows nothing of these. */
  [Symbol.dispose](): void {
    for (const forget of this.#forget) forget();
  }
}

function toTracked(registration: Registration, lock: Lock | undefined, forget: () => void): TrackedLock {
  let open = lock;
  const waiting = (calledThrough?: AnyFunction): Turn =>
    open?.ask(typeof calledThrough === 'function' ? calledThrough : waiting) ?? nobodysTurn;
  const dispose = () => {
    open = undefined;
    forget();
    registration.dispose();
  };
  return { refusedReason: registration.refusedReason, ...subscription(dispose), waiting };
}

function toPlain(options: TrackedLockOptions): Pick<Resource, 'id' | 'name' | 'description'> {
  const { id, name, description } = options ?? {};
  return { id, name, description };
}

function nameOf(options: TrackedLockOptions): string {
  const name: unknown = options?.name;
  return typeof name === 'string' ? name : '';
}

function ageOf(name: string, first: { sinceMs: number } | undefined, nowMs: number): Measure {
  return { name, value: first ? Math.round(nowMs - first.sinceMs) : 0, unit: 'ms' };
}
