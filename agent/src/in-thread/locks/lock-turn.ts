import type { StackId } from '../stacks/stack-table.ts';
import type { OpenWait } from '../waits/wait-sink.ts';
import type { Lock } from './lock.ts';
import type { Listed } from './turn-list.ts';

/**
 * One time that somebody asks for a lock, from the asking until it is given back. What does not fit its state is passed
 * over: a turn is in the hands of the service's code.
 */
export class LockTurn implements Listed<LockTurn>, Disposable {
  state: 'waiting' | 'held' | 'over' = 'waiting';
  readonly lock: Lock;
  /** Somebody else had it when it was asked for. */
  isContended: boolean;
  /** How much of the lock's capacity it takes. */
  readonly weight: number;
  /** When its state began, or when that was first looked at; 0 as long as nobody has looked. */
  sinceMs = 0;
  /** The recording that the stack belongs to, 0 for none. */
  recording = 0;
  /** Where it was asked for. */
  stack: StackId = 0;
  wait: OpenWait | undefined;

  before: LockTurn | undefined;
  after: LockTurn | undefined;
  isListed = false;

  constructor(lock: Lock, isContended: boolean, weight: number) {
    this.lock = lock;
    this.isContended = isContended;
    this.weight = weight;
  }

  /** It has come: the lock is held from now on. */
  acquired(): void {
    this.lock.grant(this);
  }

  /** It is given back, or was never got and is no longer wanted. */
  released(): void {
    if (this.state === 'held') this.lock.takeBack(this);
    else if (this.state === 'waiting') this.lock.giveUp(this);
  }

  [Symbol.dispose](): void {
    this.released();
  }
}
