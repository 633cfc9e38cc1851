import { createHook, executionAsyncId } from 'node:async_hooks';
import { emptyStack, type StackId } from '../stacks/stack-table.ts';
import { toWaitType } from './resource-kinds.ts';
import type { FollowedWait, WaitRecorder } from './wait-recorder.ts';

const markMask = 2 ** 14 - 1;

interface FollowedResource {
  wait: FollowedWait;
  /** Held for timers only: whether one was cleared can be seen from nothing else. */
  timer: { _destroyed?: boolean; hasRef?(): boolean } | undefined;
}

/**
 * Follows Node's own operations from their beginning to their first callback. Promises are not among them: each waits for
 * one of these or for another promise, and there are so many that looking at them costs more than all else. Node 24.12 and
 * later are told to leave them out; before that they are passed over here.
 */
export class ResourceFollower implements Disposable {
  readonly #followed = new Map<number, FollowedResource>();
  readonly #hook: { enable(): unknown; disable(): unknown };

  constructor(recorder: WaitRecorder) {
    const { clock, rate } = recorder;
    const followed = this.#followed;
    /** How many of those followed have an id with these last bits: almost every other one is told by that. */
    const marks = new Uint16Array(markMask + 1);
    let runningId = -1;
    let runningStack: StackId = emptyStack;

    const consider = (id: number, type: string, resource: object): void => {
      const waitType = toWaitType(type);
      const weight = waitType === null ? 0 : rate.take();
      if (waitType === null || weight === 0) return;
      const isTimer = type === 'Timeout' || type === 'Immediate';
      // Node's own timers, such as those of sockets, let the process end.
      if (type === 'Timeout' && (resource as NodeJS.Timeout).hasRef?.() === false) return;
      const orElse = executionAsyncId() === runningId ? runningStack : emptyStack;
      const wait = recorder.open({
        type: waitType,
        resource: type,
        below: init,
        orElse,
        servicesOnly: isTimer,
        weight,
      });
      if (wait) this.follow(id, wait, isTimer ? resource : undefined);
    };
    const init = (id: number, type: string, _: number, resource: object): void => {
      const enteredMs = clock.enter();
      if (type !== 'PROMISE' && type !== 'TickObject') consider(id, type, resource);
      clock.leave(enteredMs);
    };
    const before = (id: number): void => {
      const enteredMs = clock.enter();
      if (marks[id & markMask] !== 0) {
        const called = followed.get(id);
        if (called) {
          this.forget(id);
          called.wait.end();
          runningId = id;
          runningStack = called.wait.stack;
        }
      }
      clock.leave(enteredMs);
    };
    this.follow = (id, wait, timer) => {
      followed.set(id, { wait, timer });
      marks[id & markMask] = (marks[id & markMask] as number) + 1;
    };
    this.forget = (id) => {
      if (followed.delete(id)) marks[id & markMask] = (marks[id & markMask] as number) - 1;
    };
    const callbacks = { init, before, trackPromises: false };
    this.#hook = createHook(callbacks);
  }

  /** Ends the wait when Node calls back for the resource with that id. None of the id may be followed already. */
  readonly follow: (id: number, wait: FollowedWait, timer?: FollowedResource['timer']) => void;
  readonly forget: (id: number) => void;

  isFollowed(id: number): boolean {
    return this.#followed.has(id);
  }

  start(): void {
    this.#hook.enable();
  }

  /** Lets go of timers that nobody waits for: they were cleared, or let the process end. */
  sweep(): void {
    for (const [id, { wait, timer }] of this.#followed) {
      if (!timer || (timer._destroyed !== true && timer.hasRef?.() !== false)) continue;
      this.forget(id);
      wait.forget();
    }
  }

  [Symbol.dispose](): void {
    this.#hook.disable();
    this.sweep();
    this.#followed.clear();
  }
}
