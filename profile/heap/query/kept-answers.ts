import { ProfileMemoryError } from '../../errors.ts';
import type { Bytes } from '../../model/profile.ts';
import type { Steps } from '../analysis/steps.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { SharedSteps } from './shared-steps.ts';

/** What answers are made from, such as the rows that matched. It may grow while it is used. */
export interface Kept {
  readonly weightBytes: Bytes;
}

/** What is asked, or something that stands for it and for nothing else. */
export type KeptKey = string | object;

/**
 * Keeps what was made for the last questions, because the next ones are about the same: another page, another row that opens. It
 * is counted as memory of the heap. What was not asked for the longest goes first; the last one stays whatever it weighs, as
 * long as there is memory for it.
 */
export class KeptAnswers {
  readonly #memory: HeapMemory;
  readonly #mostBytes: Bytes;
  readonly #values = new Map<KeptKey, Kept>();
  readonly #making = new Map<KeptKey, SharedSteps<Kept>>();
  #heldBytes: Bytes = 0;

  /** @param mostBytes of all that is kept together */
  constructor(memory: HeapMemory, mostBytes: Bytes) {
    this.#memory = memory;
    this.#mostBytes = mostBytes;
  }

  /** Made once for all who ask at the same time; given up when none of them wants it any more. */
  *get<Value extends Kept>(key: KeptKey, make: () => Steps<Value>): Steps<Value> {
    const value = (this.#values.get(key) as Value | undefined) ?? (yield* this.#make(key, make));
    this.#values.delete(key);
    this.#values.set(key, value);
    this.#count();
    return value;
  }

  /**
   * Counts what is kept once more, for one of it has grown before its question is answered.
   *
   * @returns whether that one is still kept; else there is no memory for it, and whoever makes it grow is to do with less
   */
  recount(grown: Kept): boolean {
    for (const [key, value] of this.#values) {
      if (value !== grown) continue;
      this.#values.delete(key);
      this.#values.set(key, value);
      return this.#count();
    }
    return false;
  }

  *#make<Value extends Kept>(key: KeptKey, make: () => Steps<Value>): Steps<Value> {
    const making = (this.#making.get(key) as SharedSteps<Value> | undefined) ?? new SharedSteps(make());
    this.#making.set(key, making);
    try {
      return yield* making.join();
    } finally {
      if (making.waiting === 0 && this.#making.get(key) === making) {
        this.#making.delete(key);
        making.giveUp();
      }
    }
  }

  /** @returns whether there is memory for the last one */
  #count(): boolean {
    let bytes = 0;
    for (const [key, { weightBytes }] of [...this.#values].reverse()) {
      if (bytes > 0 && bytes + weightBytes > this.#mostBytes) this.#values.delete(key);
      else bytes += weightBytes;
    }
    this.#memory.letGo(this.#heldBytes);
    this.#heldBytes = 0;
    try {
      this.#memory.hold(bytes);
      this.#heldBytes = bytes;
      return true;
    } catch (error) {
      if (!(error instanceof ProfileMemoryError)) throw error;
      // It is answered all the same, and made once more for the next question.
      this.#values.clear();
      return false;
    }
  }
}
