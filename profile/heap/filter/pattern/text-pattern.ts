import { HeapFilterError } from '../../../errors.ts';
import { ignoreCase, parsePattern } from './parse-pattern.ts';
import { LAST_UNIT } from './pattern-node.ts';
import { type Program, toProgram } from './to-program.ts';

/** When so many states are known they are all forgotten, and begun anew: memory stays small whatever is searched. */
const MOST_STATES = 1000;
/** Steps that are looked at before a pattern is given up, in all texts together: some seconds. Usual ones need thousands. */
const MOST_WORK = 20_000_000;
const UNKNOWN = -1;

interface State {
  /** Steps that take a unit, or wait for the end. */
  readonly steps: readonly number[];
  readonly isFound: boolean;
  readonly isFoundAtEnd: boolean;
  /** The next state by kind of unit. */
  readonly next: Int32Array;
}

/**
 * A regular expression whose search takes time in proportion to the text, whatever was written: all ways are followed at
 * once, and what follows on a set of ways is kept. JavaScript's own can take longer than the universe lasts for `(a+)+b`.
 *
 * @see Russ Cox, Regular Expression Matching Can Be Simple And Fast (2007)
 */
export class TextPattern {
  readonly #program: Program;
  /** Units that no step tells apart are of one kind; each begins here. */
  readonly #kindStarts: readonly number[];
  readonly #kindOf = new Uint16Array(LAST_UNIT + 1);
  #states: State[] = [];
  #byKey = new Map<string, number>();
  #start = 0;
  #work = 0;
  readonly #offset: number;
  readonly #mostWork: number;

  /**
   * @param flags.mostWork steps that may be looked at in all
   * @param offset where the source begins in the filter, for errors
   * @throws HeapFilterError
   */
  constructor(
    source: string,
    flags: { readonly ignoreCase: boolean; readonly mostWork?: number },
    offset = 0,
  ) {
    this.#offset = offset;
    this.#mostWork = flags.mostWork ?? MOST_WORK;
    const parsed = parsePattern(source, offset);
    this.#program = toProgram(flags.ignoreCase ? ignoreCase(parsed) : parsed, offset);
    this.#kindStarts = kindStarts(this.#program);
    for (const [kind, first] of this.#kindStarts.entries()) {
      this.#kindOf.fill(kind, first, this.#kindStarts[kind + 1] ?? LAST_UNIT + 1);
    }
    this.#forget();
  }

  /**
   * Whether it is found anywhere in the text.
   *
   * @throws HeapFilterError when all texts together took too long
   */
  test(text: string): boolean {
    let at = this.#start;
    for (let index = 0; index < text.length; index++) {
      const state = this.#states[at] as State;
      if (state.isFound) return true;
      const kind = this.#kindOf[text.charCodeAt(index)] as number;
      const known = state.next[kind] as number;
      at = known === UNKNOWN ? this.#advance(state, kind) : known;
    }
    return (this.#states[at] as State).isFoundAtEnd;
  }

  /**
   * The same for a text as bytes of UTF-8; undefined when it has others than ASCII, for then it needs to be made a text.
   *
   * @throws HeapFilterError when all texts together took too long
   */
  testBytes(bytes: Uint8Array, from: number, to: number): boolean | undefined {
    let at = this.#start;
    for (let index = from; index < to; index++) {
      const state = this.#states[at] as State;
      if (state.isFound) return true;
      const unit = bytes[index] as number;
      if (unit > 0x7f) return undefined;
      const kind = this.#kindOf[unit] as number;
      const known = state.next[kind] as number;
      at = known === UNKNOWN ? this.#advance(state, kind) : known;
    }
    return (this.#states[at] as State).isFoundAtEnd;
  }

  #advance(state: State, kind: number): number {
    const unit = this.#kindStarts[kind] as number;
    if (this.#work > this.#mostWork)
      throw new HeapFilterError(this.#offset, 'a simpler pattern: this one takes too long');
    const next: number[] = [];
    for (const at of state.steps) {
      const step = this.#program.steps[at];
      if (step?.kind !== 'unit') continue;
      if (step.ranges.some(([first, last]) => first <= unit && unit <= last)) next.push(step.next);
    }
    // It may as well begin here.
    const index = this.#stateOf([...next, this.#program.start], false);
    // When all were forgotten in between, nobody has this state any more, and it does no harm to tell it.
    state.next[kind] = index;
    return index;
  }

  #forget(): void {
    this.#states = [];
    this.#byKey = new Map();
    this.#start = this.#stateOf([this.#program.start], true);
  }

  #stateOf(from: readonly number[], isBeginning: boolean): number {
    const { steps, isFound } = this.#reach(from, isBeginning, false);
    const key = `${isFound ? '!' : ''}${isBeginning ? '^' : ''}${steps.join(' ')}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#states.length >= MOST_STATES) this.#forget();
    const state: State = {
      steps,
      isFound,
      isFoundAtEnd: isFound || this.#reach(steps, isBeginning, true).isFound,
      next: new Int32Array(this.#kindStarts.length).fill(UNKNOWN),
    };
    this.#byKey.set(key, this.#states.length);
    return this.#states.push(state) - 1;
  }

  /** All that is reached without taking a unit. */
  #reach(from: readonly number[], isBeginning: boolean, isEnd: boolean) {
    const seen = new Set<number>();
    const waiting = [...from];
    let isFound = false;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      this.#work += 1;
      const step = this.#program.steps[at];
      if (step?.kind === 'found') isFound = true;
      else if (step?.kind === 'fork') waiting.push(step.next, step.other);
      else if (step?.kind === 'begin' && isBeginning) waiting.push(step.next);
      else if (step?.kind === 'end' && isEnd) waiting.push(step.next);
    }
    const steps = [...seen].filter((at) => {
      const kind = this.#program.steps[at]?.kind;
      return kind === 'unit' || kind === 'end';
    });
    return { steps: steps.sort((a, b) => a - b), isFound };
  }
}

function kindStarts({ steps }: Program): number[] {
  const starts = new Set([0]);
  for (const step of steps) {
    if (step.kind !== 'unit') continue;
    for (const [first, last] of step.ranges) {
      starts.add(first);
      if (last < LAST_UNIT) starts.add(last + 1);
    }
  }
  return [...starts].sort((a, b) => a - b);
}
