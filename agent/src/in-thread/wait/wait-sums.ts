import type { StackId } from '../stacks/stack-table.ts';
import type { WaitType } from '../waits/wait-sink.ts';

/** What was waited for. */
export interface WaitSubject {
  type: WaitType;
  /** What the runtime, the library or the service calls it. */
  resource: string;
  /** The wait was not over when the recording ended. */
  isPending: boolean;
}

/** Stack, subject, how many and how long in milliseconds. */
export type WaitSum = [stack: StackId, subject: number, count: number, waitedMs: number];

const mostSubjects = 1_000;
const factor = 2 ** 11;

/** What was waited for and where, summed up. */
export class WaitSums {
  readonly #subjects: WaitSubject[] = [];
  readonly #numbers = new Map<string, number>();
  #sums = new Map<number, WaitSum>();

  subjectOf(type: WaitType, resource: string, isPending = false): number {
    const key = `${isPending ? '…' : ''}${type} ${resource}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#subjects.length >= mostSubjects && resource !== '') return this.subjectOf(type, '', isPending);
    const number = this.#subjects.push({ type, resource: resource.slice(0, 128), isPending }) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /** The subject that the number stands for, as one that is not over. */
  pendingOf(subject: number): number {
    const { type, resource } = this.#subjects[subject] as WaitSubject;
    return this.subjectOf(type, resource, true);
  }

  subjectsFrom(first: number): WaitSubject[] {
    return this.#subjects.slice(first);
  }

  add(stack: StackId, subject: number, count: number, waitedMs: number): void {
    const key = stack * factor + subject;
    const sum = this.#sums.get(key);
    if (sum) {
      sum[2] += count;
      sum[3] += waitedMs;
    } else {
      this.#sums.set(key, [stack, subject, count, waitedMs]);
    }
  }

  /** Hands over up to so many of the sums since the last time. */
  take(most: number): WaitSum[] {
    const taken: WaitSum[] = [];
    for (const [key, sum] of this.#sums) {
      if (taken.length >= most) break;
      taken.push(sum);
      this.#sums.delete(key);
    }
    return taken;
  }

  get size(): number {
    return this.#sums.size;
  }
}
