import { LibraryBench, type LibraryFinding } from './libraries/library-bench.ts';
import { Lock, type LockFacts, type RecorderPlace } from './lock.ts';
import { LockRecorder, type LockTable } from './lock-recorder.ts';
import { Queue } from './queued-item.ts';

/** All locks of this thread: those that the service has registered, and while somebody records those of libraries. */
export class LockWatch implements RecorderPlace {
  readonly libraries = new LibraryBench((facts) => this.createLock(facts));
  readonly #registered = new Set<Lock>();
  #recorder: LockRecorder | undefined;
  #recordings = 0;

  get recorder(): LockRecorder | undefined {
    return this.#recorder;
  }

  /** The names of the registered ones. */
  get registered(): string[] {
    return [...this.#registered].map(({ facts }) => facts.name);
  }

  createLock(facts: LockFacts): Lock {
    return new Lock(facts, this);
  }

  createQueue(name: string): Queue {
    return new Queue(name);
  }

  register(lock: Lock): void {
    this.#registered.add(lock);
  }

  /** Turns that are under way go on; nobody hears of them any more. */
  forget(lock: Lock): void {
    this.#registered.delete(lock);
  }

  /** Begins a recording; one that runs is thrown away. */
  begin(): LibraryFinding[] {
    this.end();
    this.#recordings += 1;
    for (const lock of this.#registered) lock.stamp(performance.now());
    this.#recorder = new LockRecorder(this.#recordings);
    return this.libraries.follow('lock');
  }

  /** Ends the recording that runs, if one does, and leaves the libraries as they were. */
  end(): LockTable | undefined {
    const recorder = this.#recorder;
    this.#recorder = undefined;
    const table = recorder?.finish([...this.#registered, ...this.libraries.locks]);
    this.libraries.leave('lock');
    return table;
  }
}

/** The one of this thread. */
export const lockWatch = new LockWatch();
