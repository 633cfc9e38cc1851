import { type LocatedFrame, locate } from './frame-url.ts';
import { emptyStack, type StackId, type StackPart } from './stack-table.ts';

/** A `StackTable` of another thread, put together again from its parts. */
export class StackMirror {
  readonly frames: LocatedFrame[] = [];
  readonly #callers: StackId[] = [emptyStack];
  readonly #frameOf: number[] = [-1];

  /** What to ask for next. */
  get stacks(): number {
    return this.#callers.length;
  }

  add(part: StackPart): void {
    if (part.firstStack !== this.#callers.length) throw new RangeError('A part of the stacks is missing.');
    this.frames.push(...part.frames.map(locate));
    this.#callers.push(...part.callerOf);
    this.#frameOf.push(...part.frameOf);
  }

  /** Numbers in `frames`, leaf first. */
  framesOf(stack: StackId): number[] {
    const numbers: number[] = [];
    let at = stack;
    while (at !== emptyStack) {
      const frame = this.#frameOf[at];
      const caller = this.#callers[at];
      // A caller always comes before what it called, so this ends.
      if (frame === undefined || caller === undefined || caller >= at) break;
      numbers.push(frame);
      at = caller;
    }
    return numbers;
  }
}
