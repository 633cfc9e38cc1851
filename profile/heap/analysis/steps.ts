/** Work that stops now and then to say how much of it is done, from 0 to 1, so that whoever runs it can do other things or give up. */
export type Steps<Result> = Generator<number, Result, void>;

/**
 * So many edges or nodes are looked at between two stops, a millisecond or two. What looks at them is a function of its own for
 * each pass: called often it is compiled well, where a loop inside a generator is not.
 */
export const STEP_ROWS = 1 << 16;

/**
 * What will be asked for is read so many rows before: a heap is all over the memory, and the processor waits for many reads at once no
 * longer than for one. What was read has to go somewhere, or it would not be read.
 */
export const AHEAD = 16;

/**
 * Runs over so many rows in ranges.
 *
 * @param stepRows fewer where much is done for each
 */
export function* inRanges(
  length: number,
  run: (from: number, to: number) => void,
  stepRows = STEP_ROWS,
): Steps<void> {
  for (let from = 0; from < length; from += stepRows) {
    const to = Math.min(length, from + stepRows);
    run(from, to);
    yield to / length;
  }
}

/** Makes of the shares of a part those of the whole, in which it goes from one share to another. */
export function* part<Result>(from: number, to: number, steps: Steps<Result>): Steps<Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

/** Does all that is left, without a stop. */
export function finish<Result>(steps: Generator<unknown, Result, void>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
