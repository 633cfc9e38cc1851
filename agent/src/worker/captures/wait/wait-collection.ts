import { StackMirror } from '../../../in-thread/stacks/stack-mirror.ts';
import type { WaitSubject } from '../../../in-thread/wait/wait-sums.ts';
import type { WaitCursor, WaitFacts, WaitPart } from '../../../in-thread/wait/wait-tools.ts';
import type { ContentionRecord } from '../../pprof/contention-profile.ts';

/** What a thread has handed over of its waits so far. */
export class WaitCollection {
  readonly #stacks = new StackMirror();
  readonly #subjects: WaitSubject[] = [];
  readonly #sums = new Map<string, { stack: number; subject: number; count: number; waitedMs: number }>();
  #facts: WaitFacts | undefined;

  /** Undefined before the first part. */
  get facts(): WaitFacts | undefined {
    return this.#facts;
  }

  get frames(): StackMirror['frames'] {
    return this.#stacks.frames;
  }

  /** What to ask for next. */
  get cursor(): WaitCursor {
    return {
      frames: this.#stacks.frames.length,
      stacks: this.#stacks.stacks,
      subjects: this.#subjects.length,
    };
  }

  add(part: WaitPart): void {
    this.#stacks.add(part.stacks);
    this.#subjects.push(...part.subjects);
    this.#facts = part.facts;
    for (const [stack, subject, count, waitedMs] of part.sums) {
      const key = `${stack} ${subject}`;
      const sum = this.#sums.get(key);
      if (sum) {
        sum.count += count;
        sum.waitedMs += waitedMs;
      } else {
        this.#sums.set(key, { stack, subject, count, waitedMs });
      }
    }
  }

  *records(): Generator<ContentionRecord> {
    for (const { stack, subject, count, waitedMs } of this.#sums.values()) {
      const { type, resource, isPending } = this.#subjects[subject] as WaitSubject;
      const labels = { type, resource, ...(isPending ? { state: 'pending' } : {}) };
      yield { stack: this.#stacks.framesOf(stack), count, nanos: waitedMs * 1e6, labels };
    }
  }

  /** Of all that waited, the ones that were not over at the end included. */
  get count(): number {
    return [...this.#sums.values()].reduce((sum, { count }) => sum + count, 0);
  }
}
