import { NumberColumn } from '../model/number-column.ts';
import type { Micros } from '../model/profile.ts';
import { stableOrder } from '../model/stable-order.ts';

/** In place of a duration: an event that says only when something began, or that the innermost ended. */
const BEGIN = -1;
const END = -2;
const NOT_ENDED = -1;

/** What took time in a thread, in the order of its beginning; of those that began together the longest comes first. */
export interface Slices {
  readonly startMicros: Float64Array;
  readonly endMicros: Float64Array;
  readonly func: Uint32Array;
}

/** The events of one thread that have a duration, as columns. */
export class TimedThread {
  readonly processId: number;
  readonly threadId: number;
  readonly #time = new NumberColumn(64);
  readonly #duration = new NumberColumn(64);
  readonly #func = new NumberColumn(64);

  constructor(processId: number, threadId: number) {
    this.processId = processId;
    this.threadId = threadId;
  }

  get length(): number {
    return this.#time.length;
  }

  begin(at: Micros, func: number): void {
    this.#push(at, BEGIN, func);
  }

  end(at: Micros): void {
    this.#push(at, END, 0);
  }

  complete(at: Micros, duration: Micros, func: number): void {
    this.#push(at, duration, func);
  }

  /** As Chrome does: an end without a beginning says nothing, and what did not end lasted until the last event. */
  toSlices(): Slices {
    const time = Float64Array.from(this.#time.finish());
    const duration = this.#duration.finish();
    const func = this.#func.finish();
    const startMicros = new Float64Array(time.length);
    const endMicros = new Float64Array(time.length);
    const funcs = new Uint32Array(time.length);
    const open: number[] = [];
    let count = 0;
    let last = 0;
    for (const event of inOrder(time)) {
      const at = time[event] as number;
      const took = duration[event] as number;
      last = Math.max(last, at + Math.max(0, took));
      if (took === END) {
        const slice = open.pop();
        if (slice !== undefined) endMicros[slice] = at;
        continue;
      }
      if (took === BEGIN) open.push(count);
      startMicros[count] = at;
      endMicros[count] = took === BEGIN ? NOT_ENDED : at + took;
      funcs[count] = func[event] as number;
      count++;
    }
    for (const slice of open) endMicros[slice] = last;
    return longestFirst({
      startMicros: startMicros.subarray(0, count),
      endMicros: endMicros.subarray(0, count),
      func: funcs.subarray(0, count),
    });
  }

  #push(at: Micros, duration: Micros, func: number): void {
    this.#time.push(at);
    this.#duration.push(duration);
    this.#func.push(func);
  }
}

function inOrder(time: Float64Array): Uint32Array {
  const isOrdered = time.every((at, index) => index === 0 || at >= (time[index - 1] as number));
  return isOrdered ? Uint32Array.from(time, (_, index) => index) : stableOrder(time);
}

/** Of slices in the order of their beginning. What lies around another one may have been written after it. */
function longestFirst({ startMicros, endMicros, func }: Slices): Slices {
  const order = Uint32Array.from(func, (_, index) => index);
  let isChanged = false;
  let from = 0;
  for (let to = 1; to <= order.length; to++) {
    if (to < order.length && startMicros[to] === startMicros[from]) continue;
    if (to - from > 1) {
      order.subarray(from, to).sort((a, b) => (endMicros[b] as number) - (endMicros[a] as number) || a - b);
      isChanged = true;
    }
    from = to;
  }
  if (!isChanged) return { startMicros, endMicros, func };
  // What began together is put in order among itself, so that the beginnings stay as they are.
  return {
    startMicros,
    endMicros: Float64Array.from(order, (index) => endMicros[index] as number),
    func: order.map((index) => func[index] as number),
  };
}
