/** Work that stops now and then to say how much of it is done, from 0 to 1, so that whoever runs it can do other things or give up. */
export type Steps<Result> = Generator<number, Result, void>;

/** So many edges or nodes are looked at between two stops: some 20 ms. */
export const STEP_ROWS = 1 << 20;
